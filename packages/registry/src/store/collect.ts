import type { Blobs } from './blobs/blobs';
import type { Database, Queryable } from './database';

/** What a collection took away. */
export interface Collected {
  readonly blobs: number;
  readonly bytes: number;
}

/** Uploads end sooner than that; bytes for a draft may wait this long for it. */
export const keepBlobsForMs = 24 * 60 * 60 * 1000;

/**
 * Deletes the bytes that nobody refers to: of uploads that were cut off or refused, and those sent for drafts that
 * were never published. What was published is referred to for good. Runs beside a server, and beside others.
 */
export async function collectBlobs(
  db: Database,
  blobs: Blobs,
  keepForMs = keepBlobsForMs,
): Promise<Collected> {
  // And whatever is just as old: the clock of the embedded database stands still for a millisecond at a time.
  const before = `now() - interval '${Math.round(keepForMs)} milliseconds'`;
  await db.query(
    `delete from staged_blobs s where staged_at <= ${before} and not ${isInDraft('s')}`,
  );
  const unreferenced = await unreferencedBlobs(db);
  const found = await db.query<{ sha256: string }>(
    `select sha256 from blobs b where stored_at <= ${before} and ${unreferenced}`,
  );
  let [count, bytes] = [0, 0];
  for (const { sha256 } of found) {
    const isGarbage = `stored_at <= ${before} and ${unreferenced}`;
    const size = await db.transaction((tx) => collectOne(tx, blobs, sha256, isGarbage));
    if (size === undefined) continue;
    count += 1;
    bytes += size;
  }
  await blobs.deleteUnfinished(new Date(Date.now() - keepBlobsForMs));
  return { blobs: count, bytes };
}

/**
 * Awaits other I/O inside a transaction, which a backup alone does besides: while the row is locked nobody can store
 * or refer to the blob. All is asked again then, for it may have been sent anew since it was listed. Cut off after the
 * bytes are gone, the row stays, and the next upload of these bytes stores them again.
 */
async function collectOne(
  tx: Queryable,
  blobs: Blobs,
  sha256: string,
  isGarbage: string,
): Promise<number | undefined> {
  await tx.query('select from blobs where sha256 = $1 for update', [sha256]);
  const [deleted] = await tx.query<{ size: number }>(
    `delete from blobs b where sha256 = $1 and ${isGarbage} returning size::int8 as size`,
    [sha256],
  );
  if (deleted) await blobs.delete(sha256);
  return deleted?.size;
}

/** All that somebody refers to. */
export async function referencedBlobs(db: Queryable): Promise<readonly string[]> {
  const rows = await db.query<{ sha256: string }>(
    `select sha256 from blobs b where not (${await unreferencedBlobs(db)}) order by sha256`,
  );
  return rows.map(({ sha256 }) => sha256);
}

/** No table refers to blob `b`: whoever does says so by a foreign key, drafts as long as they are open. */
async function unreferencedBlobs(db: Queryable): Promise<string> {
  const references = await db.query<{ table: string; column: string }>(
    `select c.conrelid::regclass::text as "table", quote_ident(a.attname) as "column"
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'blobs'::regclass`,
  );
  const none = references.map(
    ({ table, column }) => `not exists (select from ${table} r where r.${column} = b.sha256)`,
  );
  return [...none, `not ${isInDraft('b')}`].join(' and ');
}

function isInDraft(blob: string): string {
  return `exists (select from draft_entries e join drafts d on d.id = e.draft_id
    where e.sha256 = ${blob}.sha256 and d.state = 'open')`;
}
