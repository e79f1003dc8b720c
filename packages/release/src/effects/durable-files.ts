import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Appends and returns when it is on the disk, with all that was written before; makes the directory. */
export function appendDurably(path: string, text: string): void {
  append(path, text, fsyncSync);
}

/** Appends, and outlives this process; a loss of power may take what stands behind the last durable text. */
export function appendWritten(path: string, text: string): void {
  append(path, text, () => undefined);
}

function append(path: string, text: string, finish: (file: number) => void): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a', 0o644);
  try {
    writeSync(file, text);
    finish(file);
  } finally {
    closeSync(file);
  }
}

/** Writes a file that is there with all its bytes or not at all, and stays after a loss of power. */
export function writeDurably(path: string, bytes: Uint8Array | string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', mode);
  try {
    writeSync(file, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/**
 * Replaces a file of the workspace as a whole, through a temporary file in `staging`: a process that dies leaves no
 * litter among the user's files. The mode stays, and a link stays a link.
 */
export function replaceWhole(path: string, bytes: Uint8Array, staging: string): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const mode = statSync(target, { throwIfNoEntry: false })?.mode;
  const temporary = join(staging, `${process.pid}.tmp`);
  writeDurably(temporary, bytes);
  if (mode !== undefined) chmodSync(temporary, mode & 0o7777);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(temporary, target);
}

/** Removes a file; nothing happens when there is none. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

/** Cuts off what stands behind the last line end: a line that was being written when its process died. */
export function dropTornLine(path: string): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end === bytes.length) return;
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, end);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Names of the directories in a directory, sorted; none where there is nothing. */
export function listDirectories(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Names of the files in a directory, sorted; none where there is nothing. */
export function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}
