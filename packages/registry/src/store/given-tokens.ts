import { ForgeError } from '@forge/ecosystems';
import type { Database } from './database';
import { digestSecrets, hashToken } from './token-hash';
import { isUserName } from './user-names';

/** The user of the server's own token; also the user name for tools that ask for one. */
export const tokenUser = 'forge';

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
 * From now on these tokens are the given ones and no others: they live as long as the server that was started
 * with them. Users stay, and so do the tokens that users made. The user of the server's own token minds it all.
 */
export async function replaceTokens(
  db: Database,
  users: UserTokens,
  realms: readonly string[],
  now: Date,
): Promise<void> {
  const rows = Object.entries(users).map(([username, token]) => ({
    sha256: hashToken(token),
    username,
    ha1: digestSecrets(username, token, realms),
    is_admin: username === tokenUser,
  }));
  const values = [JSON.stringify(rows), now.toISOString()];
  const given =
    'json_to_recordset($1::json) as t (sha256 text, username text, ha1 json, is_admin boolean)';
  await db.transaction(async (tx) => {
    await tx.query(
      `delete from tokens where kind = 'given' and sha256 not in (select t.sha256 from ${given})`,
      [JSON.stringify(rows)],
    );
    await tx.query(
      `insert into users (username, created_at, is_admin)
      select t.username, $2::timestamptz, t.is_admin from ${given} order by t.username
      on conflict (username) do update set is_admin = users.is_admin or excluded.is_admin
        where not users.is_admin and excluded.is_admin`,
      values,
    );
    await tx.query(
      `insert into tokens (sha256, username, ha1, created_at)
      select t.sha256, t.username, t.ha1, $2::timestamptz from ${given} order by t.sha256
      on conflict (sha256) do update set (username, ha1, kind, scopes, revoked_at, expires_at)
        = (excluded.username, excluded.ha1, 'given', null, null, null)`,
      values,
    );
  });
}
