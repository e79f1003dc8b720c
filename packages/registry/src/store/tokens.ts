import { ForgeError } from '@forge/ecosystems';
import { createHash, randomBytes } from 'node:crypto';
import type { Database, Queryable } from './database';
import { recent } from './recent';

/** The one user of this server; also the user name for tools that ask for one. */
export const tokenUser = 'forge';

/** 256 random bits; the prefix keeps it from starting with `-` and lets secret scanners find it. */
export function makeToken(): string {
  return `forge_${randomBytes(32).toString('base64url')}`;
}

/** What tools can carry in a header, in a URL and in their settings, and nobody guesses. FORGE-C001. */
export function checkToken(token: string): void {
  if (/^[\w.~-]{16,256}$/.test(token)) return;
  throw new ForgeError('FORGE-C001', {
    what: 'the token is not of 16 to 256 letters, digits, `_`, `-`, `.` and `~`',
    fix: 'unset `FORGE_TOKEN` and let the server make one',
  });
}

/**
 * From now on this token is valid and no other: a token lives as long as the server that was started
 * with it. Neither it nor anything that opens another door is stored: sha256 of 256 random bits,
 * and for HTTP Digest, which needs the password's hash, md5(user:realm:token) per realm.
 */
export async function replaceToken(
  db: Database,
  token: string,
  realms: readonly string[],
  now: Date,
): Promise<void> {
  const ha1 = Object.fromEntries(
    realms.map((realm) => [realm, hash('md5', `${tokenUser}:${realm}:${token}`)]),
  );
  await db.transaction(async (tx) => {
    await tx.query('delete from tokens');
    await tx.query(
      'insert into tokens (sha256, username, ha1, created_at) values ($1, $2, $3::json, $4::timestamptz)',
      [hash('sha256', token), tokenUser, JSON.stringify(ha1), now.toISOString()],
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
