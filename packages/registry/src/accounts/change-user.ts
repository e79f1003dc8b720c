import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { endSessionsOf, recordAudit, revokeTokens, updateUser, type UserRow } from '../store';
import type { Accounts } from './accounts';
import { checkPassword, hashPassword } from './passwords';

/** What an administrator, or for the password the user, changes; what is absent stays. */
export interface UserOrder {
  readonly password?: string | undefined;
  readonly isAdmin?: boolean | undefined;
  readonly isBlocked?: boolean | undefined;
}

/**
 * Changes a user. A new password ends all sessions: whoever knew the old one is out. Blocking ends sessions and
 * revokes the tokens that the user made. FORGE-R010, FORGE-R047.
 */
export async function changeUser(
  accounts: Accounts,
  username: string,
  { password, isAdmin, isBlocked }: UserOrder,
  by: string,
): Promise<Result<UserRow>> {
  const checked = password === undefined ? ok('') : checkPassword(password, username);
  if (!checked.ok) return checked;
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  const now = accounts.now();
  const changed = await accounts.store.db.transaction(async (tx) => {
    const user = await updateUser(tx, username, { passwordHash, isAdmin, isBlocked }, now);
    if (!user) return undefined;
    if (passwordHash !== undefined || isBlocked === true) await endSessionsOf(tx, username, now);
    if (isBlocked === true) await revokeTokens(tx, username, 'all', now);
    const detail = {
      ...(passwordHash === undefined ? {} : { password: 'changed' }),
      ...(isAdmin === undefined ? {} : { isAdmin }),
      ...(isBlocked === undefined ? {} : { isBlocked }),
    };
    const subject = `user:${username}`;
    await recordAudit(tx, { at: now, actor: by, action: 'user.changed', subject, detail });
    return user;
  });
  accounts.tokens.changed();
  if (changed) return ok(changed);
  return fail(new ForgeError('FORGE-R010', { what: `there is no user \`${username}\`` }));
}
