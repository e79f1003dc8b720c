import { fail, ForgeError, ok, type Ecosystem, type Result } from '@forge/ecosystems';
import { activePublishers, hashToken, useIdentity, type TrustedPublisher } from '../../store';
import { loopbackHosts } from '../../loopback';
import type { Accounts } from '../accounts';
import { makeApiToken, type FreshToken } from '../api-tokens';
import { fits } from './match-claims';
import { readIdentity, type Identity } from './read-identity';

/** An identity that asks for a token. */
export interface IdentityRequest {
  readonly jwt: string;
  /** Default: all packages that trust it. */
  readonly packageName?: string | undefined;
  /** Makes the audience of a host that clients know this server by. */
  readonly audience: (host: string) => string;
}

const lifetimeMs = 15 * 60_000;

/**
 * Changes an identity for a token of fifteen minutes that publishes the packages that trust it and no others, in the
 * name of who said so. Each identity once. FORGE-R044, FORGE-R050.
 */
export async function exchangeIdentity(
  accounts: Accounts,
  { id, normalizeName }: Ecosystem,
  { jwt, packageName, audience }: IdentityRequest,
): Promise<Result<FreshToken>> {
  const { store, providerKeys, settings } = accounts;
  const now = accounts.now();
  const audiences = (settings.identityHosts ?? loopbackHosts).map(audience);
  const issuers = settings.issuers ?? [];
  if (issuers.length === 0) return refused('this server trusts no provider of identities');
  const identity = await readIdentity(jwt, { issuers, audiences, keys: providerKeys, now });
  if (!identity.ok) return identity;
  const name = packageName === undefined ? undefined : normalizeName(packageName);
  const { issuer, claims, subject, acceptedUntil } = identity.value;
  const publishers = await activePublishers(store.db, id, issuer, name);
  const trusting = publishers.filter((each) => fits(each.claims, claims));
  const [first] = trusting;
  if (!first) return refused(`no package trusts ${nameOf(identity.value)}`);
  if (!(await useIdentity(store.db, hashToken(signedPartOf(jwt)), acceptedUntil, now)))
    return refused('the identity was used before');
  return issue(accounts, first.addedBy, trusting, subject);
}

/** Of one user, because a token has one: of who trusted this identity first. */
async function issue(
  accounts: Accounts,
  user: string,
  trusting: readonly TrustedPublisher[],
  subject: string,
): Promise<Result<FreshToken>> {
  const scopes = trusting
    .filter(({ addedBy }) => addedBy === user)
    .map(({ ecosystem, name }) => `publish:${ecosystem}/${name}`);
  const expiresAt = new Date(accounts.now().getTime() + lifetimeMs);
  const name = `trusted publishing: ${subject}`;
  const made = await makeApiToken(accounts, { user, isAdmin: false, name, scopes, expiresAt });
  return made.ok ? ok(made.value) : made;
}

/** Without the signature, which has several spellings: unused bits at its end, and blanks behind it. */
function signedPartOf(jwt: string): string {
  return jwt.slice(0, jwt.lastIndexOf('.'));
}

function nameOf({ issuer, subject }: Identity): string {
  return `\`${subject.slice(0, 200)}\` of ${issuer}`;
}

function refused(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R044', { what }));
}
