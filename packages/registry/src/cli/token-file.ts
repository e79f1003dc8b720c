import { ForgeError } from '@forge/ecosystems';
import * as fs from 'node:fs';

/** A place for a token that is not made yet. */
export interface TokenFile {
  /** Puts the token there: all of it, on the disk, or nothing. FORGE-C001. */
  keep(token: string): void;
  /** Leaves nothing behind but what was kept. */
  close(): void;
}

/** More than a token and its line end. */
const reservedBytes = 128;

/**
 * Takes the place for a token in a new file of its owner, the room on the disk as well: a token that could not be kept
 * would be valid, and nobody's. The file has its name when the token is in it, so that who is ended meanwhile leaves
 * nothing that looks like one. FORGE-C001 for a file that is there, or a disk that is full.
 */
export function takeTokenFile(file: string): TokenFile {
  const written = `${file}.${process.pid}.new`;
  const opened = writable(() => open(file, written));
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    fs.closeSync(opened);
    fs.rmSync(written, { force: true });
  };
  const keep = (token: string): void => {
    fs.ftruncateSync(opened);
    write(opened, `${token}\n`);
    rename(written, file);
  };
  try {
    writable(() => write(opened, ' '.repeat(reservedBytes)));
  } catch (error) {
    close();
    throw error;
  }
  return { keep: (token) => writable(() => keep(token)), close };
}

function open(file: string, written: string): number {
  if (fs.lstatSync(file, { throwIfNoEntry: false }))
    throw Object.assign(new Error(`EEXIST: \`${file}\` is there already`), { code: 'EEXIST' });
  return fs.openSync(written, 'wx', 0o600);
}

function write(opened: number, text: string): void {
  let at = 0;
  const bytes = Buffer.from(text);
  // What is left of a disk that is nearly full is written without a fault.
  while (at < bytes.length) at += fs.writeSync(opened, bytes, at, bytes.length - at, at);
  fs.fsyncSync(opened);
}

/** Unlike a rename, a link does not replace what came there meanwhile. Some file systems have none. */
function rename(from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(codeOf(error))) throw error;
    if (fs.lstatSync(to, { throwIfNoEntry: false })) throw error;
    fs.renameSync(from, to);
  }
}

function writable<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const isTaken = codeOf(error) === 'EEXIST';
    throw new ForgeError('FORGE-C001', {
      what: `the token cannot be written: ${(error as Error).message}`,
      fix: isTaken ? 'name a file that is not there yet' : 'name a file where one can be written',
    });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
