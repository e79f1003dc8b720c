import { fail, ForgeError, ok, type Result, type WantedToken } from '@forge/ecosystems';
import {
  digestSecrets,
  hashToken,
  insertToken,
  listTokens,
  makeToken,
  recordAudit,
  revokeTokens,
  type MadeToken,
  type WhichTokens,
} from '../store';
import type { Accounts } from './accounts';
import { parseScope, usualScopes } from './scopes';

/** A token with its secret, which nobody can be told again. */
export interface FreshToken extends MadeToken {
  readonly secret: string;
}

/** For whom a token is made, and what for. */
export interface TokenRequest extends WantedToken {
  readonly user: string;
  readonly isAdmin: boolean;
  /** Where days are too long. */
  readonly expiresAt?: Date;
}

const longestDays = 3650;
const longestName = 200;

/** Makes a token: 256 random bits, of which a hash is kept. FORGE-R047 for scopes that are none, or not for this user. */
export async function makeApiToken(
  accounts: Accounts,
  request: TokenRequest,
): Promise<Result<FreshToken>> {
  const scopes = readScopes(accounts, request);
  if (!scopes.ok) return scopes;
  const { user } = request;
  const name = request.name.slice(0, longestName);
  const now = accounts.now();
  const secret = makeToken();
  const token = await accounts.store.db.transaction(async (tx) => {
    const made = await insertToken(tx, {
      sha256: hashToken(secret),
      ha1: digestSecrets(user, secret, accounts.realms),
      username: user,
      name,
      scopes: scopes.value,
      createdAt: now,
      expiresAt: expiryOf(request, now),
    });
    const detail = { id: made.id, name, scopes: scopes.value };
    const subject = `user:${user}`;
    await recordAudit(tx, { at: now, actor: user, action: 'token.created', subject, detail });
    return made;
  });
  return ok({ ...token, secret });
}

/** The tokens that a user made and that are valid. */
export function apiTokensOf(accounts: Accounts, user: string): Promise<readonly MadeToken[]> {
  return listTokens(accounts.store.db, user, accounts.now());
}

/** Revokes tokens of a user, at once; answers which. */
export async function revokeApiTokens(
  accounts: Accounts,
  user: string,
  which: WhichTokens,
): Promise<readonly MadeToken[]> {
  const now = accounts.now();
  const revoked = await accounts.store.db.transaction(async (tx) => {
    const found = await revokeTokens(tx, user, which, now);
    for (const { id, name } of found) {
      const detail = { id, name };
      const subject = `user:${user}`;
      await recordAudit(tx, { at: now, actor: user, action: 'token.revoked', subject, detail });
    }
    return found;
  });
  accounts.tokens.changed();
  return revoked;
}

function readScopes(
  { normalize }: Accounts,
  { scopes = usualScopes, isAdmin }: TokenRequest,
): Result<readonly string[]> {
  const read = scopes.map((scope) => [scope, parseScope(scope, normalize)] as const);
  const problems = read.flatMap(([scope, parsed]) => {
    if (parsed === undefined) return [invalid(`\`${scope}\` is no scope`)];
    return parsed === 'admin' && !isAdmin ? [invalid('`admin` is for administrators')] : [];
  });
  if (scopes.length === 0) problems.push(invalid('a token without a scope is good for nothing'));
  if (problems.length > 0) return fail(...problems);
  return ok([...new Set(read.flatMap(([, parsed]) => parsed ?? []))]);
}

function expiryOf({ expiresAt, expiresInDays }: TokenRequest, now: Date): Date | null {
  if (expiresAt) return expiresAt;
  if (expiresInDays === undefined) return null;
  return new Date(now.getTime() + Math.min(expiresInDays, longestDays) * 86_400_000);
}

function invalid(what: string): ForgeError {
  return new ForgeError('FORGE-R047', { what });
}
