import type { Queryable } from './database';

/** A package, locked by the caller's transaction, and who asks when. */
export interface Claim {
  readonly packageId: number;
  readonly user: string;
  readonly now: Date;
}

/**
 * Makes the user the owner of a package that has none: whoever publishes first. Answers whether the
 * user is an owner now. Both in one statement, so that a publish costs no more than one of them.
 */
export async function claimPackage(
  tx: Queryable,
  { packageId, user, now }: Claim,
): Promise<boolean> {
  const rows = await tx.query<{ isOwner: boolean }>(
    `with claimed as (
      insert into owners (package_id, username, added_by, added_at)
      select $1, $2, $2, $3::timestamptz
      where not exists (select from owners where package_id = $1) returning username
    )
    select exists (select from claimed)
      or exists (select from owners where package_id = $1 and username = $2) as "isOwner"`,
    [packageId, user, now.toISOString()],
  );
  return rows[0]?.isOwner === true;
}

export async function ownersOf(tx: Queryable, packageId: number): Promise<readonly string[]> {
  const rows = await tx.query<{ username: string }>(
    'select username from owners where package_id = $1 order by id',
    [packageId],
  );
  return rows.map(({ username }) => username);
}
