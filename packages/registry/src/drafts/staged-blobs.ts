import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import type { Queryable, Store } from '../store';

/** Takes bytes in that a draft will refer to. FORGE-R004 where they are not those that were announced. */
export async function stageBlob(
  { db, blobs }: Store,
  sha256: string,
  bytes: Uint8Array,
  by: { readonly user: string; readonly now: Date },
): Promise<Result<{ readonly isNew: boolean }>> {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== sha256) {
    const what = `the bytes have the sha256 ${actual} instead of ${sha256}`;
    return fail(new ForgeError('FORGE-R004', { what }));
  }
  await blobs.put(sha256, bytes);
  // A later upload of the same bytes keeps them for longer.
  const rows = await db.query<{ isNew: boolean }>(
    `insert into staged_blobs as s (sha256, size, staged_by, staged_at)
    values ($1, $2, $3, $4::timestamptz)
    on conflict (sha256) do update set staged_at = greatest(s.staged_at, excluded.staged_at)
    returning xmax = 0 as "isNew"`,
    [sha256, bytes.byteLength, by.user, by.now.toISOString()],
  );
  return ok({ isNew: rows[0]?.isNew === true });
}

/**
 * How large the blob is, if its bytes are here: sent for a draft, or part of a version. They stay until the transaction
 * ends, and for as long as the draft is open that refers to them then: a collection of them waits here, see `collect.ts`.
 */
export async function sizeOfBlob(tx: Queryable, sha256: string): Promise<number | undefined> {
  const rows = await tx.query<{ size: number }>(
    `select size::int8 as size from blobs b where sha256 = $1
      and (exists (select from staged_blobs s where s.sha256 = b.sha256)
        or exists (select from files f where f.sha256 = b.sha256 and f.removed_at is null))
    for key share`,
    [sha256],
  );
  return rows[0]?.size;
}
