import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Blobs } from './blobs';
import { moveSynced, readWhole, writeSynced } from './synced-file';

/**
 * One file per blob, `ab/abcdef…`; written aside, synced and renamed, so that a crash leaves no half blob. Several
 * servers may share the directory: they would write the same bytes.
 */
export function blobsOnDisk(directory: string): Blobs {
  const fileOf = (sha256: string) => path.join(directory, sha256.slice(0, 2), sha256);
  return {
    async put(sha256, bytes) {
      const file = fileOf(sha256);
      if (await isThere(file, bytes.byteLength)) return;
      const temporary = `${file}.${randomUUID()}`;
      try {
        await writeSynced(temporary, bytes);
        await moveSynced(temporary, file);
      } catch (error) {
        // A full disk above all, which half a file would keep full.
        await rm(temporary, { force: true });
        throw error;
      }
    },
    get: (sha256) => readWhole(fileOf(sha256)),
    read: (sha256, span) => createReadStream(fileOf(sha256), span),
    delete: (sha256) => rm(fileOf(sha256), { force: true }),
    async deleteUnfinished(before) {
      for await (const { folder, name } of filesIn(directory))
        if (/^[0-9a-f]{64}\.[0-9a-f-]{36}$/.test(name))
          await deleteIfOlder(path.join(directory, folder, name), before);
    },
    async *list() {
      for await (const { name } of filesIn(directory)) if (/^[0-9a-f]{64}$/.test(name)) yield name;
    },
  };
}

async function* filesIn(directory: string) {
  for (const folder of await listIfThere(directory))
    for (const name of await readdir(path.join(directory, folder))) yield { folder, name };
}

async function deleteIfOlder(file: string, before: Date): Promise<void> {
  try {
    if ((await stat(file)).mtime < before) await rm(file);
  } catch (error) {
    // Renamed or deleted by another server meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function isThere(file: string, size: number): Promise<boolean> {
  try {
    return (await stat(file)).size === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function listIfThere(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
