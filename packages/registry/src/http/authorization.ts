import { ok, type Refusal, type Result } from '@forge/ecosystems';
import type { FastifyRequest } from 'fastify';
import type { Accounts } from '../accounts/accounts';
import { toCaller, type Caller } from '../accounts/caller';
import { checkAttempt } from '../accounts/log-in';
import { callerOfSession, looksLikeSession } from '../accounts/sessions';
import { toRefusal } from '../publish/refusal';
import { isUserName, type TokenGrant } from '../store';
import type { DigestRealm } from './digest';

/** Who sends a request: nobody, somebody, or somebody who must wait before the next try. */
export type Identity = { readonly caller: Caller | undefined } | { readonly refusal: Refusal };

/** What of a request says who sends it. */
export interface Credentials {
  readonly method: string;
  readonly target: string;
  readonly authorization?: string | undefined;
  /** Whence it comes, to count failed attempts. */
  readonly address: string;
}

export function credentialsOf({ method, raw, headers, ip }: FastifyRequest): Credentials {
  const { authorization } = headers;
  return { method, target: raw.url ?? '/', authorization, address: ip };
}

/**
 * The caller of a request, in all the forms in which tools send one token: bare, `Bearer`, the password of
 * `Basic`, any other scheme before it (`X-ApiKey`), and HTTP Digest. `Basic` takes the password of the user as
 * well.
 */
export async function identify(
  accounts: Accounts,
  credentials: Credentials,
  digest?: DigestRealm,
): Promise<Identity> {
  if (credentials.authorization === undefined) return { caller: undefined };
  const { scheme, value } = splitAuthorization(credentials.authorization);
  if (scheme === 'digest') {
    const { method, target } = credentials;
    const grant = await digest?.verify(accounts.tokens, method, target, value);
    return { caller: grant && byToken(accounts, grant) };
  }
  if (scheme !== 'basic') return { caller: await callerOf(accounts, value) };
  const { name, password } = splitBasic(value);
  const caller = await callerOf(accounts, password);
  if (caller || !isName(name) || password === '' || isToken(password)) return { caller };
  const attempt = await byPassword(accounts, name, password, credentials.address);
  if (attempt.ok) return { caller: attempt.value };
  const refusal = toRefusal(attempt.problems);
  return refusal.kind === 'too-many' ? { refusal } : { caller: undefined };
}

/** Who a token or a session is of. */
async function callerOf(accounts: Accounts, secret: string): Promise<Caller | undefined> {
  if (secret === '') return undefined;
  const grant = await accounts.tokens.find(secret, accounts.now());
  if (grant) return byToken(accounts, grant);
  return looksLikeSession(secret) ? callerOfSession(accounts, secret) : undefined;
}

function byToken({ normalize }: Accounts, grant: TokenGrant): Caller {
  return toCaller(grant, { kind: 'token', id: grant.id }, normalize);
}

async function byPassword(
  accounts: Accounts,
  name: string,
  password: string,
  address: string,
): Promise<Result<Caller>> {
  const checked = await checkAttempt(accounts, { name, password, address });
  if (!checked.ok) return checked;
  const { username, isAdmin } = checked.value;
  const grant = { username, isAdmin, scopes: null };
  return ok(toCaller(grant, { kind: 'password' }, accounts.normalize));
}

function splitAuthorization(header: string) {
  const [, scheme = '', value = ''] = /^(?:(\S+)\s+)?(.*)$/s.exec(header.trim()) ?? [];
  return { scheme: scheme.toLowerCase(), value };
}

function splitBasic(base64: string): { readonly name: string; readonly password: string } {
  const credentials = Buffer.from(base64, 'base64').toString('utf8');
  const colon = credentials.indexOf(':');
  return { name: credentials.slice(0, Math.max(colon, 0)), password: credentials.slice(colon + 1) };
}

/** Of a user, or an e-mail address: what tools send beside a token is neither. */
function isName(name: string): boolean {
  return isUserName(name) || name.includes('@');
}

/** A token that is none any more is no password either: nobody is slowed down for it. */
function isToken(text: string): boolean {
  return /^forge_[\w-]{43}$/.test(text);
}
