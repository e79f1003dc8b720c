import { openAccounts, type Accounts, type AccountSettings } from '../accounts/accounts';
import { hashPassword } from '../accounts/passwords';
import { insertUser, openStore } from '../store';
import { toyEcosystem } from './toy-ecosystem';

/** Accounts over a store in memory, with a clock that a test turns. */
export interface TestAccounts extends Accounts {
  pass(milliseconds: number): void;
  addUser(username: string, password: string): Promise<void>;
  /** Actions of the audit trail, the oldest first. */
  trail(): Promise<readonly string[]>;
}

export async function openTestAccounts(settings: AccountSettings = {}): Promise<TestAccounts> {
  const store = await openStore();
  let time = new Date('2026-01-01T00:00:00Z').getTime();
  const now = () => new Date(time);
  const accounts = openAccounts(store, [toyEcosystem()], settings, now);
  return {
    ...accounts,
    pass: (milliseconds) => {
      time += milliseconds;
    },
    async addUser(username, password) {
      const email = `${username}@example.org`;
      const passwordHash = await hashPassword(password);
      await insertUser(store.db, { username, email, passwordHash, isAdmin: false, now: now() });
    },
    async trail() {
      const rows = await store.db.query<{ action: string }>('select action from audit order by id');
      return rows.map(({ action }) => action);
    },
  };
}
