import * as fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

// Each upload does all of this, and the handles of `fs/promises` of Node 20 take three times as long.
const mkdir = promisify(fs.mkdir);
const open = promisify(fs.open);
const write = promisify(fs.writeFile);
const sync = promisify(fs.fsync);
const rename = promisify(fs.rename);
const close = promisify(fs.close);

export const readWhole: (file: string) => Promise<Buffer> = promisify(fs.readFile);

/** A new file in a folder that is made if it is not there; when it answers, the bytes are on the disk. */
export async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const descriptor = await create(file);
  try {
    await write(descriptor, bytes);
    await sync(descriptor);
  } finally {
    await close(descriptor);
  }
}

/** To another name in the same folder; when it answers, a crash does not take it back. */
export async function moveSynced(from: string, to: string): Promise<void> {
  await rename(from, to);
  const folder = await open(path.dirname(to), 'r');
  try {
    await sync(folder);
  } finally {
    await close(folder);
  }
}

async function create(file: string): Promise<number> {
  try {
    return await open(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(path.dirname(file), { recursive: true });
    return open(file, 'wx');
  }
}
