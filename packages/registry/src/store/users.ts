import type { Queryable } from './database';

/** A user as the server knows them. */
export interface UserRow {
  readonly id: number;
  readonly username: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly isAdmin: boolean;
  readonly isBlocked: boolean;
  readonly createdAt: Date;
}

const columns = `id, username, email, password_hash as "passwordHash", is_admin as "isAdmin",
  blocked_at is not null as "isBlocked", created_at as "createdAt"`;

/** Whether there is, or ever was, a user of this name. */
export async function isUser(db: Queryable, name: string): Promise<boolean> {
  const rows = await db.query('select from users where username = $1', [name]);
  return rows.length > 0;
}

/** Those of the names that belong to nobody. */
export async function unknownUsers(
  db: Queryable,
  names: readonly string[],
): Promise<readonly string[]> {
  const rows = await db.query<{ name: string }>(
    `select n.name from json_array_elements_text($1::json) as n (name)
    where not exists (select from users u where u.username = n.name)`,
    [JSON.stringify(names)],
  );
  return rows.map(({ name }) => name);
}

export async function findUser(db: Queryable, username: string): Promise<UserRow | undefined> {
  const sql = `select ${columns} from users where username = $1`;
  return (await db.query<UserRow>(sql, [username]))[0];
}

/** By the e-mail address, whatever its case. */
export async function findUserByEmail(db: Queryable, email: string): Promise<UserRow | undefined> {
  const sql = `select ${columns} from users where lower(email) = lower($1)`;
  return (await db.query<UserRow>(sql, [email]))[0];
}

export async function listUsers(db: Queryable): Promise<readonly UserRow[]> {
  return db.query<UserRow>(`select ${columns} from users order by username`);
}

/** A user to be made. */
export interface NewUser {
  readonly username: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly isAdmin: boolean;
  readonly now: Date;
}

/** `undefined` where the name or the address is somebody's already. */
export async function insertUser(tx: Queryable, user: NewUser): Promise<UserRow | undefined> {
  const { username, email, passwordHash, isAdmin, now } = user;
  const rows = await tx.query<UserRow>(
    `insert into users (username, email, password_hash, is_admin, created_at)
    values ($1, $2, $3, $4, $5::timestamptz) on conflict do nothing returning ${columns}`,
    [username, email, passwordHash, isAdmin, now.toISOString()],
  );
  return rows[0];
}

/** What may be changed of a user; what is absent stays. */
export interface UserChange {
  readonly passwordHash?: string | undefined;
  readonly isAdmin?: boolean | undefined;
  readonly isBlocked?: boolean | undefined;
}

/** `undefined` where there is no such user. */
export async function updateUser(
  tx: Queryable,
  username: string,
  { passwordHash, isAdmin, isBlocked }: UserChange,
  now: Date,
): Promise<UserRow | undefined> {
  const rows = await tx.query<UserRow>(
    `update users set password_hash = coalesce($2, password_hash), is_admin = coalesce($3, is_admin),
      blocked_at = case when $4::boolean then coalesce(blocked_at, $5::timestamptz)
        when not $4::boolean then null else blocked_at end
    where username = $1 returning ${columns}`,
    [username, passwordHash ?? null, isAdmin ?? null, isBlocked ?? null, now.toISOString()],
  );
  return rows[0];
}
