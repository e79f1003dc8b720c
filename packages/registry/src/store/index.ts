import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { blobsInMemory, blobsOnDisk, type Blobs } from './blobs';
import { openCatalog, type Catalog } from './catalog';
import type { Database } from './database';
import { loadKeys, type Keys } from './keys';
import { lockDirectory } from './lock';
import { migrate } from './migrate';
import { openPGlite } from './pglite';

export * from './accounts';
export * from './arrivals';
export type { Blobs, ByteSpan } from './blobs';
export type { Database, Queryable, SqlValue } from './database';
export type { Keys } from './keys';
export type { Catalog } from './catalog';
export * from './owners';
export * from './recent';
export { findPackage, type FoundFile } from './packages';
export * from './trail';
export * from './trail-readers';
export * from './upstream-files';

/** Everything that the server keeps. */
export interface Store {
  readonly db: Database;
  readonly catalog: Catalog;
  readonly blobs: Blobs;
  readonly keys: Keys;
  close(): Promise<void>;
}

/** The store in a directory, made if it is not there, or in memory. FORGE-R008 for a directory in use. */
export async function openStore(directory: string | undefined): Promise<Store> {
  return directory === undefined ? openInMemory() : openOnDisk(path.resolve(directory));
}

async function openInMemory(): Promise<Store> {
  const [db, keys] = await Promise.all([openPGlite(undefined, true), loadKeys(undefined)]);
  await migrate(db);
  return { db, catalog: openCatalog(db), blobs: blobsInMemory(), keys, close: () => db.close() };
}

async function openOnDisk(directory: string): Promise<Store> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(directory);
  try {
    const cluster = path.join(directory, 'pg');
    const keys = loadKeys(path.join(directory, 'keys'));
    const db = await openPGlite(cluster, await isEmpty(cluster));
    await migrate(db);
    const close = () => db.close().finally(() => lock.release());
    const blobs = blobsOnDisk(path.join(directory, 'blobs'));
    return { db, catalog: openCatalog(db), blobs, keys: await keys, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function isEmpty(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}
