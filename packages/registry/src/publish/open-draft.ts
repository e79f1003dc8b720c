import type { Queryable } from '../store';

/** Any number will do, as long as every server takes the same one. */
const turnstile = 4_874_011;

/**
 * Makes a version public, as the last act of a transaction: through a turnstile, so that versions are numbered in
 * the order in which they can be seen, and whoever asks for those after a number misses none.
 */
export async function openDraft(
  tx: Queryable,
  versionId: number,
  { now }: { readonly now: Date },
): Promise<void> {
  await tx.query(
    `with turn as materialized (select pg_advisory_xact_lock($3))
    update versions set state = 'published', published_at = $2::timestamptz,
      arrival = nextval('arrivals')
    from turn where id = $1 and state = 'draft'`,
    [versionId, now.toISOString(), turnstile],
  );
}
