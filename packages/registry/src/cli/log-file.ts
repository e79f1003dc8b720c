import { ForgeError } from '@forge/ecosystems';
import { createWriteStream, openSync } from 'node:fs';

/** A file of which each line is JSON. */
export interface LogFile {
  write(entry: object): void;
  close(): Promise<void>;
}

/**
 * Appends to a file. FORGE-C001 for one that cannot be opened. A disk that is full later ends the log and not the server:
 * that is said once on stderr.
 */
export function openLogFile(file: string): LogFile {
  const stream = createWriteStream(file, { fd: open(file) });
  stream.on('error', (error) => {
    process.stderr.write(`forge-registry: the log ends here: ${error.message}\n`);
  });
  return {
    write(entry) {
      if (!stream.destroyed) stream.write(`${JSON.stringify(entry)}\n`);
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}

function open(file: string): number {
  try {
    return openSync(file, 'a', 0o600);
  } catch (error) {
    throw new ForgeError('FORGE-C001', {
      what: `the log cannot be written: ${(error as Error).message}`,
      fix: 'give `--log` a file in a directory that is there',
    });
  }
}
