import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { findUser, findUserByEmail, isUserName, recordAudit, type UserRow } from '../store';
import type { Accounts } from './accounts';
import { isPassword } from './passwords';

/** Somebody who says a name and a password, and from where. */
export interface Attempt {
  /** Of the user, or the e-mail address. */
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/**
 * The user whose password this is. The answer and its time are the same for a wrong password, a user who has none and
 * one who is not there. FORGE-R043; FORGE-R041 with the seconds to wait for whoever fails too often.
 */
export async function checkAttempt(
  accounts: Accounts,
  { name, password, address }: Attempt,
): Promise<Result<UserRow>> {
  const key = name.toLowerCase().slice(0, 256);
  return accounts.throttle.attempt(key, address, async () => {
    const user = await find(accounts, name);
    const isRight = await isPassword(user?.passwordHash ?? null, password);
    if (user && isRight && !user.isBlocked) return ok(user);
    await recordAudit(accounts.store.db, {
      at: accounts.now(),
      actor: 'nobody',
      action: 'login.denied',
      // What is typed for a name may be a password by mistake, so only names that there are stand here.
      subject: `user:${user?.username ?? '?'}`,
      detail: { address },
    });
    return fail(new ForgeError('FORGE-R043', { what: 'the name or the password is wrong' }));
  });
}

function find({ store }: Accounts, name: string): Promise<UserRow | undefined> {
  if (name.includes('@')) return findUserByEmail(store.db, name);
  return isUserName(name) ? findUser(store.db, name) : Promise.resolve(undefined);
}
