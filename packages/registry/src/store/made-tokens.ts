import type { Queryable } from './database';

/** A token that a user made, as its user sees it: never the token itself. */
export interface MadeToken {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

/** A token to be written. */
export interface NewToken extends Omit<MadeToken, 'id'> {
  readonly sha256: string;
  readonly ha1: Readonly<Record<string, string>>;
}

const told = `id, username, name, scopes, created_at as "createdAt", expires_at as "expiresAt"`;

export async function insertToken(tx: Queryable, token: NewToken): Promise<MadeToken> {
  const { sha256, username, ha1, name, scopes, createdAt, expiresAt } = token;
  const rows = await tx.query<MadeToken>(
    `insert into tokens (sha256, username, ha1, kind, name, scopes, created_at, expires_at)
    values ($1, $2, $3::json, 'made', $4, $5::json, $6::timestamptz, $7::timestamptz)
    returning ${told}`,
    [
      sha256,
      username,
      JSON.stringify(ha1),
      name,
      JSON.stringify(scopes),
      createdAt.toISOString(),
      expiresAt?.toISOString() ?? null,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('an inserted token gives no row');
  return row;
}

/** What a user made and what still opens something, the oldest first. */
export async function listTokens(
  db: Queryable,
  username: string,
  now: Date,
): Promise<readonly MadeToken[]> {
  return db.query<MadeToken>(
    `select ${told} from tokens where username = $1 and kind = 'made' and revoked_at is null
      and (expires_at is null or expires_at > $2::timestamptz) order by id`,
    [username, now.toISOString()],
  );
}

/** Which tokens of a user are meant. */
export type WhichTokens = { readonly id: number } | 'all';

/** Revokes made tokens of this user alone; answers which ones were valid until now. */
export async function revokeTokens(
  tx: Queryable,
  username: string,
  which: WhichTokens,
  now: Date,
): Promise<readonly MadeToken[]> {
  return tx.query<MadeToken>(
    `update tokens set revoked_at = $2::timestamptz
    where username = $1 and kind = 'made' and revoked_at is null and ($3::bigint is null or id = $3)
    returning ${told}`,
    [username, now.toISOString(), which === 'all' ? null : which.id],
  );
}

/** The number of a token of this user, by its hash. */
export async function findTokenId(
  db: Queryable,
  username: string,
  sha256: string,
): Promise<number | undefined> {
  const sql = 'select id from tokens where username = $1 and sha256 = $2';
  return (await db.query<{ id: number }>(sql, [username, sha256]))[0]?.id;
}
