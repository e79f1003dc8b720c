import { startToyRegistry, type ToyRegistry } from '../../testing/client';

const alice = 'token_of_alice_0123456789';
const bob = 'token_of_bob_0123456789';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry({ users: { alice, bob } });
  const as = { authorization: alice };
  await registry.publish('@scope%2flamp/1.0/lamp-1.bin', 'x', as);
  await registry.publish('lamp/1.0/lamp-1.bin', 'x', as);
  await registry.publish('lamp/1.1/lamp-2.bin', 'y', as);
}, 30_000);
afterAll(() => registry.close());

async function send(method: string, path: string, body?: unknown, token: string | null = alice) {
  const response = await fetch(`${registry.url}/api/v1/packages/toy/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

it('yanks a version in any spelling, with a reason, and takes it up again', async () => {
  expect(await send('PUT', 'LAMP/1.0.0/yank', { reason: 'it leaks' })).toEqual({ status: 204 });
  const [first] = (await registry.packageOf('lamp')).versions;
  expect(first).toMatchObject({ version: '1.0', yanked: true, notice: { message: 'it leaks' } });
  expect(await send('PUT', 'lamp/1.0/yank')).toEqual({ status: 204 });
  expect((await registry.packageOf('lamp')).versions[0]).not.toHaveProperty('notice');
  expect(await send('DELETE', 'lamp/1.0/yank')).toEqual({ status: 204 });
  expect((await registry.packageOf('lamp')).versions[0]).toMatchObject({ yanked: false });
});

it('finds a scoped name', async () => {
  expect((await send('PUT', '@scope%2flamp/1.0/yank')).status).toBe(204);
  expect((await registry.packageOf('@scope%2flamp')).versions[0]).toMatchObject({ yanked: true });
});

it('takes the files of a version back for good', async () => {
  expect((await send('DELETE', 'lamp/1.1/files')).status).toBe(204);
  expect((await registry.packageOf('lamp')).versions).toMatchObject([{ version: '1.0' }]);
  expect((await registry.get('/toy/files/lamp-2.bin')).status).toBe(404);
  expect(
    (await registry.publish('lamp/1.1/lamp-2.bin', 'y', { authorization: alice })).status,
  ).toBe(409);
});

it('lists, adds and removes owners', async () => {
  const owners = async () => (await send('GET', 'lamp/owners', undefined, null)).body;
  expect(await owners()).toEqual({ owners: ['alice'] });
  expect((await send('PUT', 'lamp/owners', { users: ['bob'] })).status).toBe(204);
  expect(await owners()).toEqual({ owners: ['alice', 'bob'] });
  expect((await send('DELETE', 'lamp/owners/bob')).status).toBe(204);
  expect(await send('DELETE', 'lamp/owners/alice')).toEqual({
    status: 409,
    body: { code: 'FORGE-R011', message: '`lamp` would have no owner left (FORGE-R011)' },
  });
  expect((await send('GET', 'absent/owners')).status).toBe(404);
});

it.each([
  ['PUT', 'lamp/1.0/yank'],
  ['DELETE', 'lamp/1.0/yank'],
  ['DELETE', 'lamp/1.0/files'],
  ['PUT', 'lamp/owners'],
  ['DELETE', 'lamp/owners/alice'],
])('%s %s is for owners alone', async (method, path) => {
  const before = await registry.packageOf('lamp');
  const body = { users: ['bob'] };
  expect((await send(method, path, body, null)).status).toBe(401);
  expect((await send(method, path, body, 'token_of_nobody_0123456789')).status).toBe(401);
  expect(await send(method, path, body, bob)).toMatchObject({
    status: 403,
    body: { code: 'FORGE-R009' },
  });
  expect(await registry.packageOf('lamp')).toEqual(before);
});

it.each([
  ['PUT', 'lamp/9.9/yank', undefined, 404],
  ['PUT', 'lamp/no-version/yank', undefined, 404],
  ['PUT', 'absent/1.0/yank', undefined, 404],
  ['PUT', '../none/lamp/1.0/yank', undefined, 404],
  ['PUT', 'lamp/1.0/yank', { reason: 1 }, 400],
  ['PUT', 'lamp/1.0/yank', 'text', 400],
  ['PUT', 'lamp/owners', {}, 400],
  ['PUT', 'lamp/owners', { users: ['nobody'] }, 404],
])('%s %s %j is refused', async (method, path, body, status) => {
  expect((await send(method, path, body)).status).toBe(status);
});
