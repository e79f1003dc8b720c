import { ForgeError } from '@forge/ecosystems';
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** What a program that started the server has to know. */
export interface Ready {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

/** Whoever waits for the file reads all of it as soon as it is there. FORGE-C001 where it cannot be written. */
export function writeReadyFile(file: string, ready: Ready): void {
  const written = `${file}.${process.pid}`;
  try {
    rmSync(written, { force: true });
    writeFileSync(written, `${JSON.stringify(ready)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(written, file);
  } catch (error) {
    rmSync(written, { force: true });
    throw new ForgeError('FORGE-C001', {
      what: `the ready file cannot be written: ${(error as Error).message}`,
      fix: 'give `--ready-file` a file in a directory that is there',
    });
  }
}
