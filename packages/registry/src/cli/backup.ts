import { ForgeError } from '@forge/ecosystems';
import { backUp, type BackupSize } from '../backup/back-up';
import { restore } from '../backup/restore';
import { givenStore } from './given-store';
import type { CliOptions } from './options';

type Act = (options: CliOptions, directory: string) => Promise<BackupSize>;

/** `backup DIR`: answers the exit code. */
export const backupCommand = command('backup', 'backed up', (options, directory) =>
  backUp(givenStore(options, process.env), directory, new Date()),
);

/** `restore DIR`: answers the exit code. */
export const restoreCommand = command('restore', 'restored', (options, directory) =>
  restore(givenStore(options, process.env), directory),
);

function command(name: string, done: string, act: Act): (options: CliOptions) => Promise<number> {
  return async (options) => {
    const { directory } = options;
    if (directory === undefined || options.memory) throw invalid(name);
    const { rows, blobs } = await act(options, directory);
    process.stdout.write(`forge-registry: ${done} ${rows} rows and ${blobs} files, ${directory}\n`);
    return 0;
  };
}

function invalid(name: string): ForgeError {
  return new ForgeError('FORGE-C001', {
    what: `\`${name}\` needs a directory, and a registry that keeps something`,
    fix: `write \`forge-registry ${name} DIR\`, with the \`--data\`, \`--database\` and \`--blobs\` of the server`,
  });
}
