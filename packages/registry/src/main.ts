import { ForgeError } from '@forge/ecosystems';
import { parseOptions, usage } from './cli/options';
import { printSettings } from './cli/print-settings';
import { serve } from './cli/serve';

/** The command line; answers the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options.help) {
      process.stdout.write(usage);
      return 0;
    }
    return options.command === 'env' ? printSettings(options) : await serve(options);
  } catch (error) {
    const text = error instanceof ForgeError ? error.render() : String(error);
    process.stderr.write(`${text}\n`);
    return 1;
  }
}
