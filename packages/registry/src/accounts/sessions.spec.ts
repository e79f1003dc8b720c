import { createHmac } from 'node:crypto';
import { updateUser } from '../store';
import { openTestAccounts, type TestAccounts } from '../testing/accounts';
import {
  beginSession,
  callerOfSession,
  leaveSession,
  looksLikeSession,
  refreshSession,
} from './sessions';

let accounts: TestAccounts;
beforeAll(async () => {
  accounts = await openTestAccounts();
  await accounts.addUser('alice', 'correct horse battery');
}, 30_000);
afterAll(() => accounts.store.close());

const caller = (token: string) => callerOfSession(accounts, token);

async function refresh(token: string): Promise<string> {
  const session = await refreshSession(accounts, token);
  if (!session.ok) throw session.problems[0];
  return session.value.token;
}

it('stands for its user for 30 days', async () => {
  const { token, expiresAt } = await beginSession(accounts, 'alice');
  expect(looksLikeSession(token)).toBe(true);
  expect(await caller(token)).toMatchObject({ user: 'alice', isAdmin: false });
  expect((expiresAt.getTime() - accounts.now().getTime()) / 86_400_000).toBe(30);
  accounts.pass(30 * 86_400_000);
  expect(await caller(token)).toBeUndefined();
});

it('gives a new token for the old one, which ends', async () => {
  const { token } = await beginSession(accounts, 'alice');
  const next = await refresh(token);
  expect(await caller(token)).toBeUndefined();
  expect(await caller(next)).toMatchObject({ user: 'alice' });
});

it('ends all of a log-in when one of its earlier tokens comes back: somebody has a copy', async () => {
  const { token } = await beginSession(accounts, 'alice');
  const other = await beginSession(accounts, 'alice');
  const next = await refresh(token);
  await expect(refresh(token)).rejects.toMatchObject({ code: 'FORGE-R043' });
  expect(await caller(next)).toBeUndefined();
  expect(await caller(other.token)).toBeDefined();
  expect(await accounts.trail()).toContain('session.reused');
});

it('ends when its user leaves or is blocked', async () => {
  const { token } = await beginSession(accounts, 'alice');
  const by = (await caller(token))?.by;
  if (by?.kind !== 'session') throw new Error('a session is no session');
  await leaveSession(accounts, by.jti);
  expect(await caller(token)).toBeUndefined();
  const other = await beginSession(accounts, 'alice');
  await updateUser(accounts.store.db, 'alice', { isBlocked: true }, accounts.now());
  expect(await caller(other.token)).toBeUndefined();
  await updateUser(accounts.store.db, 'alice', { isBlocked: false }, accounts.now());
});

it('takes no token that somebody else signed, nor one without a signature', async () => {
  const { token } = await beginSession(accounts, 'alice');
  const [head = '', body = ''] = token.split('.');
  const signed = createHmac('sha256', 'secret').update(`${head}.${body}`).digest('base64url');
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  for (const forged of [`${head}.${body}.${signed}`, `${none}.${body}.`, `${none}.${body}.e30`])
    expect(await caller(forged)).toBeUndefined();
  expect(await caller(token)).toBeDefined();
  await expect(refresh(`${head}.${body}.${signed}`)).rejects.toMatchObject({ code: 'FORGE-R043' });
});
