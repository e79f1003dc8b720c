import { ForgeError } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findSchema } from '../store/migrate';
import type { Parts } from '../store/place';
import { openUsedPlace } from '../store/used-place';
import type { Blobs, Queryable, StoreOptions } from '../store';
import { referencedBlobs } from '../store/collect';
import * as files from './manifest';
import { listSequences, listTables, type Table } from './tables';

/** How much a backup holds. */
export interface BackupSize {
  readonly rows: number;
  readonly blobs: number;
}

/**
 * Copies everything that a store keeps into a new directory, as of one moment. Servers over a PostgreSQL may go on
 * meanwhile; an embedded database belongs to its server, so that has to be stopped first (FORGE-R008).
 * The directory appears when it is whole. FORGE-R025 where it is there already, R022 for what a newer registry wrote,
 * R027 where there is no registry.
 */
export async function backUp(options: StoreOptions, into: string, at: Date): Promise<BackupSize> {
  // Without a slash at its end: what is beside it must not be in it.
  const directory = path.resolve(into);
  await refuseFull(directory);
  const parts = await openUsedPlace(options);
  const unfinished = `${directory}.unfinished`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(path.join(unfinished, 'tables'), { recursive: true, mode: 0o700 });
    const manifest = await writeAll(parts, unfinished, at);
    await rm(directory, { recursive: true, force: true });
    await rename(unfinished, directory);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { rows, blobs: manifest.blobs.length };
  } finally {
    await parts.close();
  }
}

async function refuseFull(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.length === 0) return;
  throw new ForgeError('FORGE-R025', {
    what: `\`${directory}\` is not empty`,
    fix: 'name a directory that is not there yet',
  });
}

async function writeAll(
  { db, blobs, secrets }: Parts,
  directory: string,
  at: Date,
): Promise<files.BackupManifest> {
  const { wanted, ...manifest } = await db.transaction((tx) => writeRows(tx, directory, at));
  for (const sha256 of wanted) await copyBlob(blobs, directory, sha256);
  const kept = await writePrivate(path.join(directory, files.secretsName), await secrets.all());
  const whole = { ...manifest, secrets: kept, blobs: [...wanted] };
  await writePrivate(path.join(directory, files.manifestName), whole);
  return whole;
}

/** Everything as of the moment of the first statement. */
async function writeRows(tx: Queryable, directory: string, at: Date) {
  await tx.query('set transaction isolation level repeatable read, read only');
  const schema = await findSchema(tx);
  const tables = [];
  for (const table of await listTables(tx)) tables.push(await writeTable(tx, directory, table));
  return {
    format: 1 as const,
    at: at.toISOString(),
    schema: [...schema],
    tables,
    sequences: await listSequences(tx),
    wanted: await referencedBlobs(tx),
  };
}

const batch = 500;

async function writeTable(tx: Queryable, directory: string, { name, columns }: Table) {
  const file = await open(files.tableFile(directory, name), 'wx', 0o600);
  const hash = createHash('sha256');
  let count = 0;
  try {
    await tx.query(
      `declare rows cursor for select row_to_json(r)::text as row from (select ${columns} from ${name}) r`,
    );
    for (;;) {
      const rows = await tx.query<{ row: string }>(`fetch ${batch} from rows`);
      if (rows.length === 0) break;
      // Line ends between the tokens of a JSON value that somebody wrote; inside of its strings they are escaped.
      const lines = rows.map(({ row }) => `${row.replace(/[\r\n]/g, ' ')}\n`).join('');
      hash.update(lines);
      await file.write(lines);
      count += rows.length;
    }
    await tx.query('close rows');
    await file.sync();
  } finally {
    await file.close();
  }
  return { name, rows: count, sha256: hash.digest('hex') };
}

async function copyBlob(blobs: Blobs, directory: string, sha256: string): Promise<void> {
  const file = files.blobFile(directory, sha256);
  await mkdir(path.dirname(file), { recursive: true });
  const hash = createHash('sha256');
  await pipeline(
    blobs.read(sha256),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
  );
  if (hash.digest('hex') !== sha256) throw files.damaged(`the store has other bytes for ${sha256}`);
}

/** Answers the sha256 of what was written. */
async function writePrivate(file: string, value: unknown): Promise<string> {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  await writeFile(file, text, { mode: 0o600, flag: 'wx', flush: true });
  return createHash('sha256').update(text).digest('hex');
}
