import { ecosystems, type WireRoute } from '@forge/ecosystems';
import { startRegistry, type RunningRegistry } from '../server';
import { absentPath } from '../testing/absent-path';
import { peopleOf } from '../testing/people';

let registry: RunningRegistry;
beforeAll(async () => {
  registry = await startRegistry({ accounts: { readsNeedToken: true } });
}, 30_000);
afterAll(() => registry.close());

const refused = [401, 403];

describe.each(ecosystems.map((each) => [each.id, each] as const))(
  'where reads need a token, %s',
  (_, { prefix, wire }) => {
    const urls = (isOpen: boolean) =>
      wire.routes
        .filter(
          (route: WireRoute) => (route.isOpen ?? false) === isOpen && route.kind !== 'sign-in',
        )
        .map(({ method, path }) => ({ method, path: `${prefix}${absentPath(path)}` }));
    const status = async ({ method, path }: { method: string; path: string }, token?: string) => {
      const headers = token === undefined ? {} : { authorization: token };
      return (await fetch(`${registry.url}${path}`, { method, headers, redirect: 'manual' }))
        .status;
    };

    it('tells nobody anything without one', async () => {
      for (const url of urls(false)) {
        const unknown = `forge_${'x'.repeat(43)}`;
        expect([url, refused.includes(await status(url))]).toEqual([url, true]);
        expect([url, refused.includes(await status(url, unknown))]).toEqual([url, true]);
      }
    });

    it('answers reads with one, also if it is good for reads only', async () => {
      const token = await peopleOf(registry).tokenOf(registry.token, ['read']);
      const reads = urls(false).filter(
        ({ method, path }) => method === 'GET' && !path.includes('api_key'),
      );
      for (const url of reads)
        expect([url, refused.includes(await status(url, token))]).toEqual([url, false]);
    });

    it('answers everybody where nothing of a package is told', async () => {
      for (const url of urls(true))
        expect([url, [200, 404]]).toEqual([url, expect.arrayContaining([await status(url)])]);
    });
  },
);

it('holds the management API to the same, but for what says who the server is and lets people in', async () => {
  const { ask } = peopleOf(registry);
  for (const path of ['/versions', '/users/forge', '/packages/npm/absent/owners']) {
    expect([path, (await ask('GET', path)).status]).toEqual([path, 401]);
    expect((await ask('GET', path, undefined, registry.token)).status).not.toBe(401);
  }
  const login = { username: 'nobody', password: 'guess' };
  expect((await ask('POST', '/auth/login', login)).body['code']).toBe('FORGE-R043');
  for (const path of ['/health', '/api/v1'])
    expect((await fetch(`${registry.url}${path}`)).status).toBe(200);
});

it('lets no cache between keep what it answers', async () => {
  const headers = { authorization: registry.token };
  const response = await fetch(`${registry.url}/pypi/simple/`, { headers });
  expect(response.headers.get('cache-control') ?? '').toMatch(/^private, /);
  expect(response.headers.get('vary')).toMatch(/authorization/i);
});
