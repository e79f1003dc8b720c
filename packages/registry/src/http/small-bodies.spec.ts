import { ecosystems } from '@forge/ecosystems';
import { startRegistry, type RunningRegistry } from '../server';
import { absentPath } from '../testing/absent-path';
import { peopleOf } from '../testing/people';

let registry: RunningRegistry;
let alice: string;
beforeAll(async () => {
  registry = await startRegistry();
  alice = await peopleOf(registry).join('alice');
}, 60_000);
afterAll(() => registry.close());

const routes = ecosystems.flatMap(({ prefix, wire }) => [
  ...wire.routes.map((route) => ({ route, path: `${prefix}${route.path}` })),
  ...(wire.rootRoutes ?? []).map((route) => ({ route, path: route.path })),
]);
const signIn = routes.filter(({ route }) => route.kind === 'sign-in');
const tokens = routes.filter(({ route }) => route.kind === 'token' && route.method !== 'GET');

async function send(
  { route: { method }, path }: (typeof routes)[number],
  size: number,
  more: object,
  token?: string,
) {
  const response = await fetch(`${registry.url}${absentPath(path)}`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: Buffer.alloc(size, '"'),
    ...more,
  });
  await response.text();
  return response.status;
}
/** Its size is not announced. */
const chunked = (size: number) => ({
  body: new Blob([Buffer.alloc(size, '"')]).stream(),
  duplex: 'half',
});

describe.each([
  ['announced', () => ({})],
  ['grown on the way', chunked],
])('a body of more than 64 KiB, %s', (_, more) => {
  const large = 64 * 1024 + 1;

  it('is taken from nobody who signs in', async () => {
    expect(signIn.length).toBeGreaterThanOrEqual(4);
    for (const each of signIn)
      expect([each.path, await send(each, large, more(large))]).toEqual([each.path, 413]);
  });

  it('is no order about tokens, whoever sends it', async () => {
    expect(tokens.length).toBeGreaterThanOrEqual(4);
    for (const each of tokens)
      expect([each.path, await send(each, large, more(large), alice)]).toEqual([each.path, 413]);
  });
});
