import { ForgeError, ForgeProblems } from '@forge/ecosystems';
import { backupCommand, restoreCommand } from './cli/backup';
import { demo } from './cli/demo';
import { login } from './cli/login';
import { parseOptions, usage, type CliOptions, type Command } from './cli/options';
import { printSettings } from './cli/print-settings';
import { serve } from './cli/serve';

const commands: Readonly<Record<Command, (options: CliOptions) => number | Promise<number>>> = {
  serve,
  env: printSettings,
  login,
  backup: backupCommand,
  restore: restoreCommand,
  demo,
};

/** The command line; answers the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options.help) {
      process.stdout.write(usage);
      return 0;
    }
    return await commands[options.command](options);
  } catch (error) {
    process.stderr.write(`${textOf(error)}\n`);
    return 1;
  }
}

function textOf(error: unknown): string {
  if (error instanceof ForgeError) return error.render();
  return error instanceof ForgeProblems ? error.message : String(error);
}
