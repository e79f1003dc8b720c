import type { Queryable } from '../store';
import type { Draft, DraftOrder } from './draft';

const columns = `id, ecosystem, name, version, state, revision, manifest, created_by as "createdBy",
  created_at as "createdAt", expires_at as "expiresAt",
  coalesce((select json_agg(json_build_object('path', e.path, 'size', e.size, 'sha256', e.sha256)
    order by e.path) from draft_entries e where e.draft_id = drafts.id), '[]'::json) as entries`;

export async function findDraft(db: Queryable, id: number): Promise<Draft | undefined> {
  const rows = await db.query<Draft>(`select ${columns} from drafts where id = $1`, [id]);
  return rows[0];
}

/** Nobody else does anything with the draft until the transaction ends. */
export async function lockDraft(tx: Queryable, id: number): Promise<Draft | undefined> {
  await tx.query('select from drafts where id = $1 for update', [id]);
  return findDraft(tx, id);
}

/** The id of a new draft; none if the version has an open one. */
export async function insertDraft(
  tx: Queryable,
  { ecosystem, name, user, now }: DraftOrder,
  version: string,
  expiresAt: Date,
): Promise<number | undefined> {
  const rows = await tx.query<{ id: number }>(
    `insert into drafts
      (ecosystem, normalized_name, name, version, created_by, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6::timestamptz, $7::timestamptz)
    on conflict (ecosystem, normalized_name, version) where state = 'open' do nothing returning id`,
    [
      ecosystem.id,
      ecosystem.normalizeName(name),
      name,
      version,
      user,
      now.toISOString(),
      expiresAt.toISOString(),
    ],
  );
  return rows[0]?.id;
}

export async function findOpenDraft(
  tx: Queryable,
  { ecosystem, name }: DraftOrder,
  version: string,
): Promise<Draft | undefined> {
  const rows = await tx.query<Draft>(
    `select ${columns} from drafts
    where ecosystem = $1 and normalized_name = $2 and version = $3 and state = 'open'`,
    [ecosystem.id, ecosystem.normalizeName(name), version],
  );
  return rows[0];
}

export async function closeDraft(
  tx: Queryable,
  id: number,
  state: 'published' | 'abandoned',
  now: Date,
): Promise<void> {
  await tx.query(
    `update drafts set state = $2, closed_at = $3::timestamptz where id = $1 and state = 'open'`,
    [id, state, now.toISOString()],
  );
}

/**
 * Closes what nobody published in time; answers how many. The blobs of its entries are then referred to by nothing,
 * unless a version has them.
 */
export async function expireDrafts(db: Queryable, now: Date): Promise<number> {
  const rows = await db.query(
    `update drafts set state = 'expired', closed_at = $1::timestamptz
    where state = 'open' and expires_at <= $1::timestamptz returning id`,
    [now.toISOString()],
  );
  return rows.length;
}
