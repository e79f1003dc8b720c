import {
  fail,
  ForgeError,
  ok,
  type Ecosystem,
  type Result,
  type WireCredentials,
} from '@forge/ecosystems';
import { isUser } from '../store';
import type { Accounts } from './accounts';
import { addUser } from './add-user';
import { makeApiToken, type FreshToken } from './api-tokens';
import { checkAttempt } from './log-in';
import { exchangeIdentity } from './oidc/exchange-identity';

type Password = Extract<WireCredentials, { readonly kind: 'password' }>;

/** Changes what a tool brings for a token: a name and a password, or an identity. */
export async function signIn(
  accounts: Accounts,
  ecosystem: Ecosystem,
  credentials: WireCredentials,
  address: string,
): Promise<Result<FreshToken>> {
  if (credentials.kind === 'identity') return exchangeIdentity(accounts, ecosystem, credentials);
  if (credentials.kind === 'token') return tellAgain(accounts, credentials.secret);
  const joined = await join(accounts, credentials);
  if (!joined.ok) return joined;
  const { user: name, password, wants } = credentials;
  const checked = await checkAttempt(accounts, { name, password, address });
  if (!checked.ok) return checked;
  const { username, isAdmin } = checked.value;
  return makeApiToken(accounts, { ...wants, user: username, isAdmin });
}

/** A token for itself: who brings it knows it. */
async function tellAgain(accounts: Accounts, secret: string): Promise<Result<FreshToken>> {
  const now = accounts.now();
  const held = await accounts.tokens.find(secret, now);
  if (!held)
    return fail(new ForgeError('FORGE-R005', { what: 'this is no valid token of this registry' }));
  const { id, username, scopes } = held;
  return ok({
    ...{ id, username, name: '', scopes: scopes ?? [] },
    ...{ createdAt: now, expiresAt: null, secret },
  });
}

/** Makes the user first, where the protocol does so by the same request and the server lets everybody in. */
async function join(
  accounts: Accounts,
  { user: username, password, email }: Password,
): Promise<Result<unknown>> {
  const { store, settings } = accounts;
  if (!settings.registration || email === undefined || (await isUser(store.db, username)))
    return ok(undefined);
  return addUser(accounts, { username, email, password, isAdmin: false, by: username });
}
