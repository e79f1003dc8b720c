import type { Queryable } from './database';

/** An identity that may get a token for a package: a provider, and what its tokens must claim. */
export interface TrustedPublisher {
  readonly id: number;
  readonly ecosystem: string;
  /** Normalised. */
  readonly name: string;
  readonly issuer: string;
  /** A final `*` is whatever comes. */
  readonly claims: Readonly<Record<string, string>>;
  /** In whose name it publishes. */
  readonly addedBy: string;
  readonly addedAt: Date;
}

const columns = `t.id, t.ecosystem, t.name, t.issuer, t.claims, t.added_by as "addedBy",
  t.added_at as "addedAt"`;

export async function insertPublisher(
  tx: Queryable,
  { ecosystem, name, issuer, claims, addedBy, addedAt }: Omit<TrustedPublisher, 'id'>,
): Promise<TrustedPublisher> {
  const rows = await tx.query<TrustedPublisher>(
    `insert into trusted_publishers as t (ecosystem, name, issuer, claims, added_by, added_at)
    values ($1, $2, $3, $4::json, $5, $6::timestamptz) returning ${columns}`,
    [ecosystem, name, issuer, JSON.stringify(claims), addedBy, addedAt.toISOString()],
  );
  const [row] = rows;
  if (!row) throw new Error('an inserted publisher gives no row');
  return row;
}

export async function listPublishers(
  db: Queryable,
  ecosystem: string,
  name: string,
): Promise<readonly TrustedPublisher[]> {
  return db.query<TrustedPublisher>(
    `select ${columns} from trusted_publishers t where ecosystem = $1 and name = $2 order by id`,
    [ecosystem, name],
  );
}

export async function deletePublisher(
  tx: Queryable,
  { ecosystem, name, id }: Pick<TrustedPublisher, 'ecosystem' | 'name' | 'id'>,
): Promise<boolean> {
  const rows = await tx.query(
    'delete from trusted_publishers where ecosystem = $1 and name = $2 and id = $3 returning id',
    [ecosystem, name, id],
  );
  return rows.length > 0;
}

/**
 * Publishers of an issuer in an ecosystem whose users may still act for them: not blocked, and an owner of the package
 * if there is one. `name` narrows them to a package.
 */
export async function activePublishers(
  db: Queryable,
  ecosystem: string,
  issuer: string,
  name: string | undefined,
): Promise<readonly TrustedPublisher[]> {
  return db.query<TrustedPublisher>(
    `select ${columns} from trusted_publishers t
      join users u on u.username = t.added_by and u.blocked_at is null
    where t.ecosystem = $1 and t.issuer = $2 and ($3::text is null or t.name = $3)
      and not exists (select from packages p
        where p.ecosystem = t.ecosystem and p.normalized_name = t.name
          and exists (select from owners o where o.package_id = p.id)
          and not exists (select from owners o
            where o.package_id = p.id and o.username = t.added_by))
    order by t.id`,
    [ecosystem, issuer, name ?? null],
  );
}

/** Whether an identity is used for the first time; forgets those that are accepted no more. */
export async function useIdentity(
  tx: Queryable,
  sha256: string,
  acceptedUntil: Date,
  now: Date,
): Promise<boolean> {
  await tx.query('delete from used_identities where expires_at < $1::timestamptz', [
    now.toISOString(),
  ]);
  const rows = await tx.query(
    `insert into used_identities (sha256, expires_at) values ($1, $2::timestamptz)
    on conflict do nothing returning sha256`,
    [sha256, acceptedUntil.toISOString()],
  );
  return rows.length > 0;
}
