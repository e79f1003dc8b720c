import { createReadStream } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { randomUUID } from 'node:crypto';

/** Byte positions, both inclusive, as HTTP counts them. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/** Bytes by their sha256. What is there is never changed; nothing refers to a blob before it is whole. */
export interface Blobs {
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  read(sha256: string, span?: ByteSpan): Readable;
}

/** One file per blob, `ab/abcdef…`; written aside, synced and renamed, so that a crash leaves no half blob. */
export function blobsOnDisk(directory: string): Blobs {
  const fileOf = (sha256: string) => path.join(directory, sha256.slice(0, 2), sha256);
  return {
    async put(sha256, bytes) {
      const file = fileOf(sha256);
      if (await isThere(file, bytes.byteLength)) return;
      await mkdir(path.dirname(file), { recursive: true });
      const temporary = `${file}.${randomUUID()}`;
      await writeSynced(temporary, bytes);
      await rename(temporary, file);
      await syncDirectory(path.dirname(file));
    },
    read: (sha256, span) => createReadStream(fileOf(sha256), span),
  };
}

export function blobsInMemory(): Blobs {
  const blobs = new Map<string, Uint8Array>();
  return {
    async put(sha256, bytes) {
      blobs.set(sha256, Uint8Array.from(bytes));
    },
    read(sha256, span) {
      const bytes = blobs.get(sha256);
      if (bytes === undefined) throw new Error(`no blob ${sha256}`);
      return Readable.from([Buffer.from(span ? bytes.subarray(span.start, span.end + 1) : bytes)]);
    },
  };
}

async function isThere(file: string, size: number): Promise<boolean> {
  try {
    return (await stat(file)).size === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
