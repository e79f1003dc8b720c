import { ForgeError, ForgeProblems } from '@forge/ecosystems';
import { parseOptions, usage, type CliOptions, type Command } from './cli/options';

type Run = (options: CliOptions) => number | Promise<number>;

/** Each is loaded when it is asked for: a server waits for no code but its own. */
const commands: Readonly<Record<Command, () => Run>> = {
  serve: () => (require('./cli/serve') as typeof import('./cli/serve')).serve,
  env: () =>
    (require('./cli/print-settings') as typeof import('./cli/print-settings')).printSettings,
  login: () => (require('./cli/login') as typeof import('./cli/login')).login,
  seed: () => (require('./cli/seed') as typeof import('./cli/seed')).seed,
  backup: () => (require('./cli/backup') as typeof import('./cli/backup')).backupCommand,
  restore: () => (require('./cli/backup') as typeof import('./cli/backup')).restoreCommand,
  'rotate-key': () =>
    (require('./cli/rotate-key') as typeof import('./cli/rotate-key')).rotateKeyCommand,
  demo: () => (require('./cli/demo') as typeof import('./cli/demo')).demo,
};

/** The command line; answers the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options.help) {
      process.stdout.write(usage);
      return 0;
    }
    return await commands[options.command]()(options);
  } catch (error) {
    process.stderr.write(`${textOf(error)}\n`);
    return 1;
  }
}

function textOf(error: unknown): string {
  if (error instanceof ForgeError) return error.render();
  return error instanceof ForgeProblems ? error.message : String(error);
}
