import { ForgeError } from '@forge/ecosystems';
import { createHash, randomBytes } from 'node:crypto';
import type { Database, Queryable } from './database';
import { recent } from './recent';
import { isUserName } from './users';

/** The user of the server's own token; also the user name for tools that ask for one. */
export const tokenUser = 'forge';

/** 256 random bits; the prefix keeps it from starting with `-` and lets secret scanners find it. */
export function makeToken(): string {
  return `forge_${randomBytes(32).toString('base64url')}`;
}

/** What tools can carry in a header, in a URL and in their settings, and nobody guesses. FORGE-C001. */
function checkToken(token: string): void {
  if (/^[\w.~-]{16,256}$/.test(token)) return;
  throw new ForgeError('FORGE-C001', {
    what: 'the token is not of 16 to 256 letters, digits, `_`, `-`, `.` and `~`',
    fix: 'unset `FORGE_TOKEN` and let the server make one',
  });
}

/** A token for each user, by name. */
export type UserTokens = Readonly<Record<string, string>>;

/** FORGE-C001 for names that tools cannot carry, and for a token that is not of one user alone. */
export function checkUserTokens(users: UserTokens): void {
  const names = Object.keys(users);
  const invalid = names.find((name) => !isUserName(name));
  if (invalid !== undefined) {
    throw new ForgeError('FORGE-C001', {
      what: `\`${invalid}\` is not a user name`,
      fix: 'use up to 32 small letters, digits, `-` and `_`',
    });
  }
  for (const name of names) checkToken(users[name] ?? '');
  if (new Set(Object.values(users)).size === names.length) return;
  throw new ForgeError('FORGE-C001', {
    what: 'two users have the same token',
    fix: 'give each user a token of their own',
  });
}

/**
 * From now on these tokens are valid and no others: a token lives as long as the server that was
 * started with it. Users stay. No token is stored, nor anything that opens another door: sha256 of
 * 256 random bits, and for HTTP Digest, which needs the password's hash, md5(user:realm:token) per realm.
 */
export async function replaceTokens(
  db: Database,
  users: UserTokens,
  realms: readonly string[],
  now: Date,
): Promise<void> {
  const rows = Object.entries(users).map(([username, token]) => ({
    sha256: hash('sha256', token),
    username,
    ha1: Object.fromEntries(
      realms.map((realm) => [realm, hash('md5', `${username}:${realm}:${token}`)]),
    ),
  }));
  const values = [JSON.stringify(rows), now.toISOString()];
  const given = 'json_to_recordset($1::json) as t (sha256 text, username text, ha1 json)';
  await db.transaction(async (tx) => {
    await tx.query('delete from tokens');
    await tx.query(
      `insert into users (username, created_at)
      select t.username, $2::timestamptz from ${given} on conflict do nothing`,
      values,
    );
    await tx.query(
      `insert into tokens (sha256, username, ha1, created_at)
      select t.sha256, t.username, t.ha1, $2::timestamptz from ${given}`,
      values,
    );
  });
}

/** Who a token belongs to. Nothing takes a token back while the server runs, so a user once found is kept. */
export interface Tokens {
  /** The look-up is by the token's hash, so its time tells nothing of the token. */
  userOf(token: string): Promise<string | undefined>;
  /** HA1 of every token of a user in a realm. */
  ha1Of(username: string, realm: string): Promise<readonly string[]>;
}

export function openTokens(db: Queryable): Tokens {
  const users = recent<string>(1000);
  return {
    async userOf(token) {
      const sha256 = hash('sha256', token);
      const user = users.get(sha256) ?? (await findUser(db, sha256));
      if (user !== undefined) users.set(sha256, user);
      return user;
    },
    async ha1Of(username, realm) {
      const rows = await db.query<{ ha1: string | null }>(
        'select ha1 ->> $2 as ha1 from tokens where username = $1',
        [username, realm],
      );
      return rows.flatMap(({ ha1 }) => (ha1 === null ? [] : [ha1]));
    },
  };
}

async function findUser(db: Queryable, sha256: string): Promise<string | undefined> {
  const rows = await db.query<{ username: string }>(
    'select username from tokens where sha256 = $1',
    [sha256],
  );
  return rows[0]?.username;
}

function hash(algorithm: 'sha256' | 'md5', text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}
