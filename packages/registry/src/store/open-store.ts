import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Blobs } from './blobs/blobs';
import { blobsInMemory } from './blobs/in-memory';
import { blobsInS3, type S3Bucket } from './blobs/in-s3';
import { blobsOnDisk } from './blobs/on-disk';
import { registeredBlobs } from './blobs/registered';
import { openCatalog, type Catalog } from './catalog';
import { collectBlobs, type Collected } from './collect';
import type { Database } from './database';
import { loadKeys, type Keys } from './keys';
import { lockDirectory } from './lock';
import { migrate } from './migrate';
import { openPGlite } from './pglite';
import { openPostgres } from './postgres';
import { secretsInDatabase, secretsInMemory, secretsOnDisk, type Secrets } from './secrets';

/** Everything that the server keeps. */
export interface Store {
  readonly db: Database;
  readonly catalog: Catalog;
  readonly blobs: Blobs;
  readonly keys: Keys;
  readonly secrets: Secrets;
  /** Deletes the bytes that nobody refers to and that are older than this; default: a day. */
  collect(keepForMs?: number): Promise<Collected>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Directory for all that is not elsewhere. Default: memory. */
  readonly data?: string | undefined;
  /** URL of a PostgreSQL database, which several servers may share. Default: an embedded one. */
  readonly database?: string | undefined;
  /** Object storage for the bytes of files. Default: the directory. */
  readonly bucket?: S3Bucket | undefined;
}

/** Opens the store, made if it is not there. FORGE-R008 for a directory in use, R020 to R022 for a database. */
export async function openStore({ data, database, bucket }: StoreOptions = {}): Promise<Store> {
  const directory = data === undefined ? undefined : path.resolve(data);
  if (directory !== undefined) await mkdir(directory, { recursive: true, mode: 0o700 });
  const blobs = bucket ? blobsInS3(bucket) : blobsAt(directory);
  if (database !== undefined) return openShared(database, blobs);
  return directory === undefined ? openInMemory(blobs) : openOnDisk(directory, blobs);
}

function blobsAt(directory: string | undefined): Blobs {
  return directory === undefined ? blobsInMemory() : blobsOnDisk(path.join(directory, 'blobs'));
}

async function openInMemory(blobs: Blobs): Promise<Store> {
  const secrets = secretsInMemory();
  const [db, keys] = await Promise.all([openPGlite(undefined, true), loadKeys(secrets)]);
  return openOver(db, { blobs, secrets, keys });
}

async function openOnDisk(directory: string, blobs: Blobs): Promise<Store> {
  const lock = lockDirectory(directory);
  try {
    const cluster = path.join(directory, 'pg');
    const secrets = secretsOnDisk(path.join(directory, 'keys'));
    const keys = loadKeys(secrets);
    const db = await openPGlite(cluster, await isEmpty(cluster));
    const store = await openOver(db, { blobs, secrets, keys: await keys });
    return { ...store, close: () => store.close().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Nothing is locked: servers that share the database share the blobs as well. */
async function openShared(url: string, blobs: Blobs): Promise<Store> {
  const db = await openPostgres(url);
  return openOver(db, { blobs, secrets: secretsInDatabase(db) });
}

interface Parts {
  readonly blobs: Blobs;
  readonly secrets: Secrets;
  /** Default: loaded once the database has its schema. */
  readonly keys?: Keys;
}

async function openOver(db: Database, { blobs, secrets, keys }: Parts): Promise<Store> {
  try {
    await migrate(db);
    return {
      db,
      catalog: openCatalog(db),
      blobs: registeredBlobs(db, blobs),
      secrets,
      keys: keys ?? (await loadKeys(secrets)),
      collect: (keepForMs) => collectBlobs(db, blobs, keepForMs),
      close: () => db.close(),
    };
  } catch (error) {
    await db.close();
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
