import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { blobsAtHand } from './blobs/at-hand';
import type { Blobs } from './blobs/blobs';
import { blobsInMemory } from './blobs/in-memory';
import { blobsInS3, type S3Bucket } from './blobs/in-s3';
import { blobsOnDisk } from './blobs/on-disk';
import type { Database } from './database';
import { isFresh, openEmbedded } from './embedded/open-embedded';
import { lockDirectory } from './lock';
import { migrations, type Migration } from './migrations';
import { openPostgres } from './postgres';
import { secretsInDatabase, secretsInMemory, secretsOnDisk, type Secrets } from './secrets';

export interface StoreOptions {
  /** Directory for all that is not elsewhere. Default: memory. */
  readonly data?: string | undefined;
  /** URL of a PostgreSQL database, which several servers may share. Default: an embedded one. */
  readonly database?: string | undefined;
  /** Object storage for the bytes of files. Default: the directory. */
  readonly bucket?: S3Bucket | undefined;
}

/** Where a store is, held for us but not opened yet. */
export interface Place {
  readonly blobs: Blobs;
  /** Where they do not stand in the database: known before it is open. */
  readonly secrets: Secrets | undefined;
  /** The database as it is. A fresh embedded one has this schema. */
  open(schema: readonly Migration[]): Promise<Database>;
  release(): void;
}

/** Whether somebody kept something there before; what a database holds, only itself knows. */
export async function isUsed({ data, database }: StoreOptions): Promise<boolean> {
  if (database !== undefined) return true;
  return data !== undefined && !(await isFresh(clusterIn(path.resolve(data))));
}

function clusterIn(directory: string): string {
  return path.join(directory, 'pg');
}

/** Finds the place, made if it is not there. FORGE-R008 for a directory in use. */
export async function takePlace({ data, database, bucket }: StoreOptions): Promise<Place> {
  const directory = data === undefined ? undefined : path.resolve(data);
  if (directory !== undefined) await mkdir(directory, { recursive: true, mode: 0o700 });
  const blobs = bucket ? blobsAtHand(blobsInS3(bucket)) : blobsAt(directory);
  // Nothing is locked: servers that share the database share the blobs as well.
  const nothing = { blobs, release: () => undefined };
  if (database !== undefined)
    return { ...nothing, secrets: undefined, open: () => openPostgres(database) };
  if (directory === undefined)
    return {
      ...nothing,
      secrets: secretsInMemory(),
      open: (schema) => openEmbedded(undefined, schema),
    };
  return {
    blobs,
    secrets: secretsOnDisk(path.join(directory, 'keys')),
    open: (schema) => openEmbedded(clusterIn(directory), schema),
    release: lockDirectory(directory).release,
  };
}

/** An opened place: what a store consists of. */
export interface Parts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly secrets: Secrets;
  close(): Promise<void>;
}

/** FORGE-R008 for a directory in use, R020 and R021 for a database. */
export async function openPlace(
  place: Place,
  schema: readonly Migration[] = migrations,
): Promise<Parts> {
  try {
    const db = await place.open(schema);
    const secrets = place.secrets ?? secretsInDatabase(db);
    return { db, blobs: place.blobs, secrets, close: () => db.close().finally(place.release) };
  } catch (error) {
    place.release();
    throw error;
  }
}

function blobsAt(directory: string | undefined): Blobs {
  if (directory === undefined) return blobsInMemory();
  return blobsAtHand(blobsOnDisk(path.join(directory, 'blobs')));
}
