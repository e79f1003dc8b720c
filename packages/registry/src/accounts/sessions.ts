import { ForgeError, fail, ok, type Result } from '@forge/ecosystems';
import { randomUUID } from 'node:crypto';
import type * as Jose from 'jose';
import {
  endFamilyOf,
  endSession,
  findSession,
  insertSession,
  recordAudit,
  type Queryable,
} from '../store';
import type { Accounts } from './accounts';
import { toCaller, type Caller } from './caller';

/** A signed token (JWT, HS256) that stands for somebody who gave a password. */
export interface Session {
  readonly token: string;
  readonly expiresAt: Date;
}

const days = 30;
const issuer = 'forge-registry';

/** Begins a session for a user whose password was right. */
export async function beginSession(accounts: Accounts, username: string): Promise<Session> {
  return issue(accounts, accounts.store.db, { family: randomUUID(), username });
}

/** Whether a text looks like a session; no other token has three parts. */
export function looksLikeSession(text: string): boolean {
  return /^ey[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/** Who a session stands for: it is signed by this server, not over, not revoked, its user not blocked. */
export async function callerOfSession(
  accounts: Accounts,
  token: string,
): Promise<Caller | undefined> {
  const jti = await readSession(accounts, token);
  const found = jti && (await findSession(accounts.store.db, jti, accounts.now()));
  if (!jti || !found) return undefined;
  return toCaller({ ...found, scopes: null }, { kind: 'session', jti }, accounts.normalize);
}

/**
 * Gives a new token for a valid one, which is no longer valid then. Of one that was given back before, somebody has a
 * copy: everything that came of the same log-in ends. FORGE-R043.
 */
export async function refreshSession(accounts: Accounts, token: string): Promise<Result<Session>> {
  const jti = await readSession(accounts, token);
  const refused = fail(
    new ForgeError('FORGE-R043', { what: 'the session is over, or none of this server' }),
  );
  if (jti === undefined) return refused;
  const now = accounts.now();
  return accounts.store.db.transaction(async (tx) => {
    const valid = await findSession(tx, jti, now);
    const ended = valid && (await endSession(tx, jti, now));
    if (ended) return ok(await issue(accounts, tx, ended));
    await endFamilyOf(tx, jti, now);
    await recordAudit(tx, {
      at: now,
      actor: 'nobody',
      action: 'session.reused',
      subject: `session:${jti}`,
      detail: {},
    });
    return refused;
  });
}

/** Ends a session: its token is not valid any more. */
export async function leaveSession(accounts: Accounts, jti: string): Promise<void> {
  await endFamilyOf(accounts.store.db, jti, accounts.now());
}

async function issue(
  { sessionKey, now }: Accounts,
  tx: Queryable,
  { family, username }: { readonly family: string; readonly username: string },
): Promise<Session> {
  const jti = randomUUID();
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + days * 86_400_000);
  const token = await new (jose().SignJWT)({})
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(issuer)
    .setSubject(username)
    .setJti(jti)
    .setIssuedAt(createdAt)
    .setExpirationTime(expiresAt)
    .sign(sessionKey);
  await insertSession(tx, { jti, family, username, createdAt, expiresAt });
  return { token, expiresAt };
}

/** The id of a session that this server signed and that is not over. */
async function readSession({ sessionKey, now }: Accounts, token: string) {
  const { jwtVerify, errors } = jose();
  try {
    const { payload } = await jwtVerify(token, sessionKey, {
      algorithms: ['HS256'],
      issuer,
      audience: issuer,
      currentDate: now(),
    });
    return payload.jti;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** Loaded by the first session. */
function jose(): typeof Jose {
  return require('jose') as typeof Jose;
}
