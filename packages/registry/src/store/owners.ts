import type { Queryable } from './database';

/** A package, locked by the caller's transaction, and who asks when. */
export interface Claim {
  readonly packageId: number;
  readonly user: string;
  readonly now: Date;
}

export async function ownersOf(tx: Queryable, packageId: number): Promise<readonly string[]> {
  const rows = await tx.query<{ username: string }>(
    'select username from owners where package_id = $1 order by id',
    [packageId],
  );
  return rows.map(({ username }) => username);
}

/** Names of the packages of an ecosystem that are a user's and have something to fetch, in their order. */
export async function packagesOwnedBy(
  db: Queryable,
  ecosystem: string,
  user: string,
): Promise<readonly string[]> {
  const rows = await db.query<{ name: string }>(
    `select p.name from owners o join packages p on p.id = o.package_id
      where o.username = $2 and p.ecosystem = $1
        and exists (select from versions v join files f on f.version_id = v.id
          where v.package_id = p.id and v.state = 'published' and f.removed_at is null)
      order by p.normalized_name collate "C"`,
    [ecosystem, user],
  );
  return rows.map(({ name }) => name);
}
