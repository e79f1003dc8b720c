import { fail, ForgeError } from '@forge/ecosystems';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { peopleOf } from '../testing/people';
import { rateOf } from './rate-limits';

let registry: ToyRegistry;
let time = new Date('2026-01-01T00:00:00Z');
const rate = { burst: 3, perHour: 60 };
beforeAll(async () => {
  const rates = { write: rate, search: rate, login: rate };
  const users = { alice: 'token_of_alice_0123', bob: 'token_of_bob_012345' };
  registry = await startToyRegistry({ rates, users, now: () => time });
}, 30_000);
afterAll(() => registry.close());

const publish = async (authorization: string, n: number) => {
  const headers = { authorization };
  const response = await registry.publish(
    `${authorization.slice(9, 12)}/${n}.0.0/a${n}`,
    'x',
    headers,
  );
  return [response.status, response.headers.get('retry-after')];
};

it('lets a user publish so often at once and then so often an hour, in the words of the protocol', async () => {
  const [alice, bob] = ['token_of_alice_0123', 'token_of_bob_012345'];
  for (const n of [1, 2, 3]) expect(await publish(alice, n)).toEqual([201, null]);
  expect(await publish(alice, 4)).toEqual([429, '60']);
  expect(await publish(bob, 4)).toEqual([201, null]);
  time = new Date(time.getTime() + 60_000);
  expect(await publish(alice, 4)).toEqual([201, null]);
  const refused = await registry.publish('a/5.0.0/a5', 'x', { authorization: alice });
  expect([refused.statusText, await refused.text()]).toEqual([
    'Toy too-many',
    expect.stringContaining('FORGE-R048'),
  ]);
});

it('never counts what an install asks for', async () => {
  for (let i = 0; i < 20; i += 1) {
    expect((await registry.get('/toy/packages/ali')).status).toBe(200);
    expect((await registry.get('/toy/index/')).status).toBe(200);
  }
});

it('holds for the management API: searches and attempts to log in by address', async () => {
  const { ask } = peopleOf(registry);
  const search = async () => (await ask('GET', '/search?q=lamp')).status;
  expect([await search(), await search(), await search(), await search()]).toEqual([
    200, 200, 200, 429,
  ]);
  const login = async (username: string) => {
    const { status, headers } = await ask('POST', '/auth/login', { username, password: 'guess' });
    return [status, headers.get('retry-after')];
  };
  for (const name of ['ann', 'ben', 'cat']) expect(await login(name)).toEqual([401, null]);
  expect(await login('dan')).toEqual([429, '60']);
});

it('limits nothing unless it is told to', async () => {
  const free = await startToyRegistry();
  for (let i = 0; i < 30; i += 1)
    expect((await peopleOf(free).ask('GET', '/search?q=lamp')).status).toBe(200);
  await free.close();
}, 30_000);

it('lets tokens be changed as often as packages are read, and passwords not', () => {
  const signIn = {
    ...({ kind: 'sign-in', method: 'POST', path: '/token' } as const),
    credentials: () => fail(new ForgeError('FORGE-R005', { what: 'nothing is brought' })),
    respond: () => ({ status: 200, body: '' }),
  };
  expect(rateOf(signIn)).toBe('login');
  expect(rateOf({ ...signIn, bringsToken: true })).toBe('read');
});
