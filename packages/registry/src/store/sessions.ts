import type { Queryable } from './database';

/** A session: one signed token after the other, of which the last one is valid. */
export interface SessionRow {
  readonly jti: string;
  /** The same for all that came of one log-in. */
  readonly family: string;
  readonly username: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function insertSession(tx: Queryable, session: SessionRow): Promise<void> {
  const { jti, family, username, createdAt, expiresAt } = session;
  await tx.query(
    `insert into sessions (jti, family, username, created_at, expires_at)
    values ($1, $2, $3, $4::timestamptz, $5::timestamptz)`,
    [jti, family, username, createdAt.toISOString(), expiresAt.toISOString()],
  );
}

/** The user of a session that is neither revoked nor over. */
export async function findSession(
  db: Queryable,
  jti: string,
  now: Date,
): Promise<{ readonly username: string; readonly isAdmin: boolean } | undefined> {
  const rows = await db.query<{ username: string; isAdmin: boolean }>(
    `select s.username, u.is_admin as "isAdmin" from sessions s join users u on u.username = s.username
    where s.jti = $1 and s.revoked_at is null and s.expires_at > $2::timestamptz
      and u.blocked_at is null`,
    [jti, now.toISOString()],
  );
  return rows[0];
}

/** Ends one session; `undefined` where it had ended before. */
export async function endSession(
  tx: Queryable,
  jti: string,
  now: Date,
): Promise<{ readonly family: string; readonly username: string } | undefined> {
  const rows = await tx.query<{ family: string; username: string }>(
    `update sessions set revoked_at = $2::timestamptz where jti = $1 and revoked_at is null
    returning family, username`,
    [jti, now.toISOString()],
  );
  return rows[0];
}

/** Ends all that came of the log-in of which this one is. */
export async function endFamilyOf(tx: Queryable, jti: string, now: Date): Promise<void> {
  await tx.query(
    `update sessions set revoked_at = $2::timestamptz where revoked_at is null
      and family = (select family from sessions where jti = $1)`,
    [jti, now.toISOString()],
  );
}

/** Ends every session of a user. */
export async function endSessionsOf(tx: Queryable, username: string, now: Date): Promise<void> {
  await tx.query(
    `update sessions set revoked_at = $2::timestamptz where username = $1 and revoked_at is null`,
    [username, now.toISOString()],
  );
}
