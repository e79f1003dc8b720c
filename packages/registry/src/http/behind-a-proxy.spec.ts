import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { peopleOf } from '../testing/people';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry({ trustProxy: true });
}, 30_000);
afterAll(() => registry.close());

const logIn = (forwarded: string, username: string) =>
  fetch(`${registry.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'x-forwarded-for': forwarded },
    body: JSON.stringify({ username, password: 'guess' }),
  });

/** Whence the server thinks that an attempt to log in came. */
async function addressOf(forwarded: string): Promise<unknown> {
  await logIn(forwarded, 'alice');
  const { body } = await peopleOf(registry).ask('GET', '/audit', undefined, registry.token);
  return (body['entries'] as { readonly detail: unknown }[]).at(-1)?.detail;
}

it('takes the address that the proxy saw, and none that a client made up', async () => {
  expect(await addressOf('192.0.2.1')).toEqual({ address: '192.0.2.1' });
  expect(await addressOf('203.0.113.9, 198.51.100.7, 192.0.2.2')).toEqual({ address: '192.0.2.2' });
});

it('slows down a network, however many addresses of it one uses', async () => {
  const statuses: number[] = [];
  for (let n = 1; n <= 6; n += 1) {
    const { status } = await logIn(`2001:db8:0:7:${n}::1`, 'bob');
    statuses.push(status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await logIn('2001:db8:0:8::1', 'bob')).status).toBe(401);
});

it.each([
  ['https', 200, '"https://registry.example/toy"'],
  ['http', 200, '"http://registry.example/toy"'],
  ['javascript', 400, '`X-Forwarded-Proto`'],
  ['https://evil.example/?', 400, '`X-Forwarded-Proto`'],
])('links begin with the protocol %s, if that is one: %i', async (protocol, status, text) => {
  const forwarded = { 'x-forwarded-proto': protocol, 'x-forwarded-host': 'registry.example' };
  const answer = await registry.get('/toy/config', forwarded);
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(text)]);
});
