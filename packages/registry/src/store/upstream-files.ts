import type { Digest } from '@forge/ecosystems';
import type { Queryable } from './database';

/** Which blob holds the file of another registry. */
export interface UpstreamBlob {
  readonly sha256: string;
  readonly size: number;
}

/** By the digest that its index promises. */
export async function findUpstreamFile(
  db: Queryable,
  { algorithm, value }: Digest,
): Promise<UpstreamBlob | undefined> {
  const [found] = await db.query<UpstreamBlob>(
    `select sha256, size::int8 as size from upstream_files where digest = $1`,
    [`${algorithm}:${value}`],
  );
  return found;
}

export async function keepUpstreamFile(
  db: Queryable,
  { algorithm, value }: Digest,
  { sha256, size }: UpstreamBlob,
): Promise<void> {
  await db.query(
    `insert into upstream_files (digest, sha256, size) values ($1, $2, $3) on conflict do nothing`,
    [`${algorithm}:${value}`, sha256, size],
  );
}

/** Whether anything was ever published under one of these names; that it was taken back changes nothing. */
export async function isAnyHeld(
  db: Queryable,
  ecosystem: string,
  normalizedNames: readonly string[],
): Promise<boolean> {
  const rows = await db.query(
    `select 1 from packages where ecosystem = $1
      and normalized_name in (select json_array_elements_text($2::json)) limit 1`,
    [ecosystem, JSON.stringify(normalizedNames)],
  );
  return rows.length > 0;
}

/** All names under which anything was ever published here. */
export async function heldNames(db: Queryable, ecosystem: string): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ name: string }>(
    'select normalized_name as name from packages where ecosystem = $1',
    [ecosystem],
  );
  return new Set(rows.map(({ name }) => name));
}
