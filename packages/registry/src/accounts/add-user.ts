import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { insertUser, isUserName, recordAudit, type UserRow } from '../store';
import type { Accounts } from './accounts';
import { checkPassword, hashPassword } from './passwords';

/** Words that stand for something else in paths, or that others would take for the server itself. */
const reserved: ReadonlySet<string> = new Set(
  'admin administrator anonymous api auth forge login me nobody registry root security support system tokens'.split(
    ' ',
  ),
);

/** Somebody who is to become a user. */
export interface Registration {
  readonly username: string;
  readonly email: string | null;
  /** `null` for a user who comes with tokens only. */
  readonly password: string | null;
  readonly isAdmin: boolean;
  /** Who lets them in: an administrator, or they themselves. */
  readonly by: string;
}

/** Makes a user. FORGE-R047 for what is not valid, with all reasons; FORGE-R046 for a name or address that is taken. */
export async function addUser(
  accounts: Accounts,
  { username, email, password, isAdmin, by }: Registration,
): Promise<Result<UserRow>> {
  const problems = problemsOf(username, email, password);
  if (problems.length > 0) return fail(...problems);
  const passwordHash = password === null ? null : await hashPassword(password);
  const now = accounts.now();
  const added = await accounts.store.db.transaction(async (tx) => {
    const user = await insertUser(tx, { username, email, passwordHash, isAdmin, now });
    if (user) {
      const detail = { isAdmin };
      const subject = `user:${username}`;
      await recordAudit(tx, { at: now, actor: by, action: 'user.added', subject, detail });
    }
    return user;
  });
  if (added) return ok(added);
  return fail(
    new ForgeError('FORGE-R046', { what: `the name \`${username}\` or the address is taken` }),
  );
}

function problemsOf(
  username: string,
  email: string | null,
  password: string | null,
): readonly ForgeError[] {
  const checked = password === null ? ok('') : checkPassword(password, username);
  return [
    ...(isNewUserName(username) ? [] : [invalid(`\`${username}\` cannot be the name of a user`)]),
    ...(email === null || isEmail(email) ? [] : [invalid('the e-mail address is none')]),
    ...(checked.ok ? [] : checked.problems),
  ];
}

function isNewUserName(name: string): boolean {
  return isUserName(name) && name.length >= 3 && !reserved.has(name);
}

/** Enough to tell an address from a mistake; only a message that arrives proves more. */
function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(text);
}

function invalid(what: string): ForgeError {
  return new ForgeError('FORGE-R047', { what });
}
