import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { peopleOf } from '../testing/people';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry({ trustProxy: true });
}, 30_000);
afterAll(() => registry.close());

/** Whence the server thinks that an attempt to log in came. */
async function addressOf(forwarded: string): Promise<unknown> {
  await fetch(`${registry.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'x-forwarded-for': forwarded },
    body: JSON.stringify({ username: 'alice', password: 'guess' }),
  });
  const { body } = await peopleOf(registry).ask('GET', '/audit', undefined, registry.token);
  return (body['entries'] as { readonly detail: unknown }[]).at(-1)?.detail;
}

it('takes the address that the proxy saw, and none that a client made up', async () => {
  expect(await addressOf('192.0.2.1')).toEqual({ address: '192.0.2.1' });
  expect(await addressOf('203.0.113.9, 198.51.100.7, 192.0.2.2')).toEqual({ address: '192.0.2.2' });
});
