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
