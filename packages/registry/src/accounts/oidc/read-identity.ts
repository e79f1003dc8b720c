import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type * as Jose from 'jose';
import type { KeySet, ProviderKeys } from './provider-keys';

/** What a provider says of a job: its claims, until when, and whose word it is. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** After which it is not accepted any more: its end, and what clocks may differ by. */
  readonly acceptedUntil: Date;
}

export interface IdentityRules {
  readonly issuers: readonly string[];
  /** For one of which the token must be made. */
  readonly audiences: readonly string[];
  readonly keys: ProviderKeys;
  readonly now: Date;
}

/** By how many seconds the clock of a provider may differ from ours. */
const toleranceSeconds = 30;

/** Signed with keys of a pair alone: a shared secret would be a public key here. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'];

/**
 * Reads a token that a provider signed: by a key of an issuer that is trusted, for this server, not over, and not
 * older than an hour. FORGE-R044 with the reason, never with the token; FORGE-R050.
 */
export async function readIdentity(jwt: string, rules: IdentityRules): Promise<Result<Identity>> {
  const issuer = issuerOf(jwt);
  if (issuer === undefined) return refused('the identity is no signed token');
  if (!rules.issuers.includes(issuer))
    return refused(`this server does not trust ${quoted(issuer)}`);
  for (const anew of [false, true]) {
    const keys = await rules.keys.of(issuer, anew);
    if (!keys.ok) return keys;
    const read = await verify(jwt, issuer, keys.value, rules);
    if (read !== 'unknown key') return read;
  }
  return refused(`no key of ${issuer} has signed the identity`);
}

async function verify(
  jwt: string,
  issuer: string,
  keys: KeySet,
  { audiences, now }: IdentityRules,
): Promise<Result<Identity> | 'unknown key'> {
  const { jwtVerify, createLocalJWKSet, errors } = jose();
  // It looks at each key before it uses it.
  const known = keys as unknown as Jose.JSONWebKeySet;
  try {
    const { payload } = await jwtVerify(jwt, createLocalJWKSet(known), {
      issuer,
      audience: [...audiences],
      algorithms,
      currentDate: now,
      clockTolerance: toleranceSeconds,
      maxTokenAge: 3600,
      requiredClaims: ['exp', 'sub'],
    });
    const acceptedUntil = new Date((Math.ceil(payload.exp ?? 0) + toleranceSeconds) * 1000);
    return ok({ issuer, subject: payload.sub ?? '', claims: payload, acceptedUntil });
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return 'unknown key';
    if (error instanceof errors.JOSEError)
      return refused(`the identity is not valid: ${error.message}`);
    throw error;
  }
}

/** What a token says of its issuer, to choose the keys; nothing of it is believed yet. */
function issuerOf(jwt: string): string | undefined {
  const { decodeJwt, errors } = jose();
  try {
    return decodeJwt(jwt).iss;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Of a text that nobody has vouched for, as much as helps. */
function quoted(text: string): string {
  return `\`${text.replace(/[^\x21-\x7e]/g, '?').slice(0, 100)}\``;
}

function refused(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R044', { what }));
}

/** Loaded by the first identity. */
function jose(): typeof Jose {
  return require('jose') as typeof Jose;
}
