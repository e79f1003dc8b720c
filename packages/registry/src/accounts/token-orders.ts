import { fail, ForgeError, ok, type Result, type TokenOrder } from '@forge/ecosystems';
import { findTokenId, hashToken, type MadeToken } from '../store';
import type { Accounts } from './accounts';
import { apiTokensOf, makeApiToken, revokeApiTokens, type FreshToken } from './api-tokens';
import type { Caller } from './caller';
import { checkAttempt } from './log-in';
import { outOfScope } from './out-of-scope';

type OrderOf<Act extends TokenOrder['act']> = Extract<TokenOrder, { readonly act: Act }>;

/** Does what a tool asks about the tokens of its user; answers those that it is about. */
export async function carryOut(
  accounts: Accounts,
  caller: Caller,
  order: TokenOrder,
  address: string,
): Promise<Result<readonly (MadeToken | FreshToken)[]>> {
  if (order.act === 'list') return ok(await list(accounts, caller));
  if (order.act === 'make') return make(accounts, caller, order, address);
  return revoke(accounts, caller, order);
}

/** What it could also end: a token that may do little learns nothing of those that may do more. */
async function list(accounts: Accounts, caller: Caller): Promise<readonly MadeToken[]> {
  const tokens = await apiTokensOf(accounts, caller.user);
  return tokens.filter((token) => mayEnd(caller, token));
}

/** With the password, or by something that may do everything; so no token makes a stronger one. */
async function make(
  accounts: Accounts,
  caller: Caller,
  { wants, password }: OrderOf<'make'>,
  address: string,
): Promise<Result<readonly FreshToken[]>> {
  const { user } = caller;
  if (password !== undefined) {
    const checked = await checkAttempt(accounts, { name: user, password, address });
    if (!checked.ok) return checked;
  } else if (!caller.permits('account')) return fail(outOfScope('account'));
  const made = await makeApiToken(accounts, { ...wants, user, isAdmin: caller.isAdmin });
  return made.ok ? ok([made.value]) : made;
}

/** A token always ends itself, and others that may do no more than it does. */
function mayEnd(caller: Caller, { id, scopes }: MadeToken): boolean {
  return (
    (caller.by.kind === 'token' && caller.by.id === id) ||
    caller.permits('account') ||
    scopes.every((scope) => caller.holds(scope))
  );
}

/** Ends what the caller may end, and any token of the user that is told in full: whoever holds one may end it. */
async function revoke(
  accounts: Accounts,
  caller: Caller,
  { which }: OrderOf<'revoke'>,
): Promise<Result<readonly MadeToken[]>> {
  const named = await meant(accounts, caller, which);
  const isTold = typeof which === 'object' && 'secret' in which;
  const able = named.filter((token) => isTold || mayEnd(caller, token));
  if (named.length === 0)
    return fail(new ForgeError('FORGE-R010', { what: 'there is no such token' }));
  if (able.length < named.length) return fail(outOfScope('account'));
  for (const { id } of able) await revokeApiTokens(accounts, caller.user, { id });
  return ok(able);
}

/** The valid tokens of the caller that are meant. */
async function meant(
  accounts: Accounts,
  caller: Caller,
  which: OrderOf<'revoke'>['which'],
): Promise<readonly MadeToken[]> {
  const tokens = await apiTokensOf(accounts, caller.user);
  if (which === 'all') return tokens;
  if (which === 'this')
    return tokens.filter(({ id }) => caller.by.kind === 'token' && id === caller.by.id);
  if ('name' in which) return tokens.filter(({ name }) => name === which.name);
  if ('id' in which) return tokens.filter(({ id }) => String(id) === which.id);
  const id = await findTokenId(accounts.store.db, caller.user, hashToken(which.secret));
  return tokens.filter((each) => each.id === id);
}
