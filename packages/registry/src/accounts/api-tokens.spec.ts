import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore, replaceTokens, type Store } from '../store';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { openAccounts, type Accounts } from './accounts';
import { apiTokensOf, makeApiToken, revokeApiTokens } from './api-tokens';

let store: Store;
let accounts: Accounts;
let time = new Date('2026-01-01T00:00:00Z');
beforeAll(async () => {
  store = await openStore();
  const users = { alice: 'token_of_alice_0123', bob: 'token_of_bob_012345' };
  await replaceTokens(store.db, users, ['Toy'], time);
  accounts = openAccounts(store, [toyEcosystem()], {}, () => time);
}, 30_000);
afterAll(() => store.close());

const make = async (scopes: readonly string[], more: object = {}) => {
  const made = await makeApiToken(accounts, {
    user: 'alice',
    isAdmin: false,
    name: 'ci',
    scopes,
    ...more,
  });
  if (!made.ok) throw made.problems[0];
  return made.value;
};
const find = (secret: string) => accounts.tokens.find(secret, time);

it('makes tokens of 256 random bits, of which only a hash is kept', async () => {
  const { secret, id } = await make(['publish:toy/Lamp', 'read', 'read']);
  expect(secret).toMatch(/^forge_[\w-]{43}$/);
  expect(await find(secret)).toMatchObject({
    username: 'alice',
    scopes: ['publish:toy/lamp', 'read'],
  });
  const stored = JSON.stringify(await store.db.query('select * from tokens'));
  expect(stored).toContain('publish:toy/lamp');
  expect(stored).not.toContain(secret);
  expect(JSON.stringify(await store.db.query('select * from audit'))).not.toContain(secret);
  expect((await apiTokensOf(accounts, 'alice')).map((each) => each.id)).toContain(id);
  expect(await apiTokensOf(accounts, 'bob')).toEqual([]);
});

it('keeps as much of a name as helps, in the audit, too', async () => {
  const { id } = await make(['read'], { name: 'n'.repeat(100_000) });
  const name = 'n'.repeat(200);
  expect((await apiTokensOf(accounts, 'alice')).find((each) => each.id === id)).toMatchObject({
    name,
  });
  const [row] = await store.db.query('select detail from audit order by id desc limit 1');
  expect(row).toEqual({ detail: { id, name, scopes: ['read'] } });
});

it.each([[['nothing']], [[]], [['admin']], [['publish:other']]])(
  'makes none for %j',
  async (scopes) => {
    await expect(make(scopes)).rejects.toMatchObject({ code: 'FORGE-R047' });
  },
);

it('lets a token end when it should, also one that was found before', async () => {
  const { secret } = await make(['read'], { expiresInDays: 2 });
  expect(await find(secret)).toBeDefined();
  time = new Date(time.getTime() + 2 * 86_400_000 - 1);
  expect(await find(secret)).toBeDefined();
  time = new Date(time.getTime() + 1);
  expect(await find(secret)).toBeUndefined();
});

it('revokes at once, for the user alone', async () => {
  const { secret, id } = await make(['read']);
  expect(await find(secret)).toBeDefined();
  expect(await revokeApiTokens(accounts, 'bob', { id })).toEqual([]);
  expect(await find(secret)).toBeDefined();
  expect(await revokeApiTokens(accounts, 'alice', { id })).toMatchObject([{ id, name: 'ci' }]);
  expect(await find(secret)).toBeUndefined();
  expect(await revokeApiTokens(accounts, 'alice', { id })).toEqual([]);
});

it('keeps made tokens when the server starts anew with other given ones', async () => {
  const { secret } = await make(['read']);
  await replaceTokens(store.db, { alice: 'token_of_alice_4567' }, ['Toy'], time);
  accounts.tokens.changed();
  expect(await find(secret)).toBeDefined();
  expect(await find('token_of_alice_4567')).toMatchObject({ username: 'alice', scopes: null });
  expect(await find('token_of_alice_0123')).toBeUndefined();
  expect(await find('token_of_bob_012345')).toBeUndefined();
});

it('keeps everything over a restart of an embedded store', async () => {
  const data = mkdtempSync(path.join(tmpdir(), 'forge-accounts-'));
  const first = await openStore({ data });
  await replaceTokens(first.db, { alice: 'token_of_alice_0123' }, [], time);
  const made = await makeApiToken(
    openAccounts(first, [], {}, () => time),
    {
      user: 'alice',
      isAdmin: false,
      name: 'kept',
    },
  );
  await first.close();
  const second = await openStore({ data });
  const secret = made.ok ? made.value.secret : '';
  expect(await openAccounts(second, [], {}, () => time).tokens.find(secret, time)).toMatchObject({
    scopes: ['read', 'publish', 'yank', 'owners'],
  });
  await second.close();
  rmSync(data, { recursive: true });
}, 30_000);
