import type { WireRoute } from '@forge/ecosystems';
import { subjects } from '../../../ecosystems/src/testing/subjects';
import { apiRoutes } from '../api/routes';
import { startRegistry, type RunningRegistry } from '../server';
import { pages } from '../web/pages';
import { absentPath } from '../testing/absent-path';
import { peopleOf, type People } from '../testing/people';
import type { FastifyServerOptions, RouteOptions } from 'fastify';

/** Every route of every server that is made here, told of by fastify itself. */
const mockRegistered: RouteOptions[] = [];
jest.mock('fastify', () => {
  const actual = jest.requireActual<typeof import('fastify')>('fastify');
  const make = (options: FastifyServerOptions) => {
    const app = actual.fastify(options);
    app.addHook('onRoute', (route) => void mockRegistered.push(route));
    return app;
  };
  return Object.assign(make, actual, { default: make, fastify: make });
});

const ecosystems = subjects.map(({ ecosystem }) => ecosystem);
let registry: RunningRegistry;
let people: People;
let alice: string;
let bob: string;
let time = new Date('2026-01-01T00:00:00Z');
const log: string[] = [];
const errors: unknown[] = [];
beforeAll(async () => {
  registry = await startRegistry({
    ecosystems,
    now: () => time,
    metrics: true,
    onRequest: (entry) => log.push(JSON.stringify(entry)),
    onError: (error) => errors.push(error),
  });
  people = peopleOf(registry);
  alice = await people.join('alice');
  bob = await people.join('bob');
}, 60_000);
afterAll(async () => {
  await registry.close();
  expect(errors).toEqual([]);
});

/** What a route does with what is there, whatever its method: reading ones fetch, and no other kind is harmless. */
const reading: ReadonlySet<WireRoute['kind']> = new Set([
  'static',
  'user',
  'package',
  'index',
  'log',
  'search',
  'file',
]);

describe('the table of routes', () => {
  const native = ecosystems.flatMap(({ id, prefix, wire }) => [
    ...wire.routes.map((route) => ({ id, route, path: `${prefix}${absentPath(route.path)}` })),
    ...(wire.rootRoutes ?? []).map((route) => ({ id, route, path: absentPath(route.path) })),
  ]);
  const status = async (method: string, path: string, authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    return (await fetch(`${registry.url}${path}`, { method, headers, redirect: 'manual' })).status;
  };
  const stale = `forge_${'x'.repeat(43)}`;

  it('has no mutation of a protocol that takes no token, or one of nobody', async () => {
    const mutations = native.filter(({ route }) => !reading.has(route.kind));
    expect(mutations.length).toBeGreaterThan(40);
    const guarded = mutations.filter(({ route }) => route.kind !== 'sign-in');
    for (const token of [undefined, stale, `Bearer ${stale}`]) {
      const answered = await Promise.all(
        guarded.map(async ({ route: { method }, path }) => {
          return [method, path, await status(method, path, token)] as const;
        }),
      );
      expect(answered.filter(([, , each]) => each !== 401 && each !== 403)).toEqual([]);
    }
  }, 30_000);

  it('is all that the server takes: nothing else is registered but what is read', () => {
    const mounted = mockRegistered.flatMap(({ method, url, config }) =>
      [method].flat().map((each) => ({ method: each, url, apiRoute: config?.apiRoute })),
    );
    // Whatever is sent there is looked up in a table: those of the protocols, the pages, or none at all.
    const tables = new Set(['/ui', '/ui/*', '/api/v1/*']);
    for (const { prefix, wire } of ecosystems) {
      tables.add(prefix).add(`${prefix}/*`);
      for (const { path } of wire.rootRoutes ?? []) tables.add(path.replace(/:[^/]+$/, '*'));
    }
    const ofApi = mounted.filter(({ apiRoute }) => apiRoute !== undefined);
    const others = mounted.filter((each) => !ofApi.includes(each) && !tables.has(each.url));
    expect(others.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
    expect([...new Set(others.map(({ url }) => url))].sort()).toEqual([
      '/',
      '/api/v1',
      '/api/v1/openapi.json',
      '/health',
      '/metrics',
      '/ready',
    ]);
    const spelled = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
    expect(
      ofApi
        .filter(({ method }) => method !== 'HEAD')
        .map(({ method, url }) => spelled({ method, path: url }))
        .sort(),
    ).toEqual(
      apiRoutes.map(({ method, path }) => spelled({ method, path: `/api/v1${path}` })).sort(),
    );
    expect(ofApi.filter(({ apiRoute }) => !apiRoutes.some((each) => each === apiRoute))).toEqual(
      [],
    );
    expect([...tables].filter((url) => !mounted.some((each) => each.url === url))).toEqual([]);
  });

  it('has no form of a page that is taken from nobody, from another site, or from who may not', async () => {
    const forms = pages.filter(({ method }) => method === 'POST');
    expect(forms.filter(({ access }) => access === 'open').map(({ path }) => path)).toEqual([
      'login',
    ]);
    expect(forms).toHaveLength(7);
    const send = async (path: string, cookie: string, form: string, origin = registry.url) => {
      const type = 'application/x-www-form-urlencoded';
      const headers = { cookie: `forge_session=${cookie}`, origin, 'content-type': type };
      const url = `${registry.url}/ui/${absentPath(path)}`;
      const answer = await fetch(url, { method: 'POST', headers, body: form, redirect: 'manual' });
      return [path, answer.status, answer.headers.get('location')];
    };
    const tokens = await fetch(`${registry.url}/ui/account/tokens`, {
      headers: { cookie: `forge_session=${alice}` },
    });
    const [, own = ''] = /name="form_token" value="([^"]+)"/.exec(await tokens.text()) ?? [];
    expect(own).not.toBe('');
    expect(await send('login', '', `token=${stale}`)).toEqual(['login', 401, null]);
    for (const { path, access } of forms.filter((each) => each.access !== 'open')) {
      for (const cookie of ['', stale, 'ey.ey.ey'])
        expect(await send(path, cookie, `form_token=${own}`)).toEqual([path, 303, '/ui/login']);
      for (const [form, from] of [
        ['', undefined],
        ['form_token=other', undefined],
        [`form_token=${own}`, 'https://elsewhere.example'],
      ] as const)
        expect(await send(path, alice, form, from)).toEqual([path, 403, null]);
      if (access === 'admin')
        expect(await send(path, alice, `form_token=${own}`)).toEqual([path, 403, null]);
    }
  });

  it('has reading routes that are read alone', () => {
    const odd = native.filter(
      ({ route }) => reading.has(route.kind) && !/GET|HEAD/.test(route.method),
    );
    expect(odd.map(({ id, path }) => `${id} ${path}`)).toEqual([]);
  });

  it('signs nobody in who brings nothing', async () => {
    for (const { route, path } of native.filter((each) => each.route.kind === 'sign-in')) {
      const answered = await status(route.method, path);
      expect([path, answered >= 400 && answered < 500]).toEqual([path, true]);
    }
  });

  it('has no mutation of the management API that takes no token, but for getting in', async () => {
    const mutations = apiRoutes.filter(({ method }) => method !== 'GET');
    expect(mutations.filter(({ access }) => access === 'public').map(({ path }) => path)).toEqual([
      '/auth/register',
      '/auth/login',
      '/auth/refresh',
    ]);
    for (const { method, path } of apiRoutes.filter(({ access }) => access !== 'public'))
      for (const token of [undefined, stale, 'Bearer ey.ey.ey'])
        expect([path, await status(method, `/api/v1${absentPath(path)}`, token)]).toEqual([
          path,
          401,
        ]);
  });

  it('lets a token that only reads change nothing, and nobody but administrators mind the server', async () => {
    const reader = await people.tokenOf(alice, ['read']);
    for (const { method, path, access, permission } of apiRoutes) {
      const url = `/api/v1${absentPath(path)}`;
      if (method !== 'GET' && access !== 'public' && permission !== 'read')
        expect([method, path, await status(method, url, reader)]).toEqual([method, path, 403]);
      if (access === 'admin')
        expect([method, path, await status(method, url, alice)]).toEqual([method, path, 403]);
    }
  });
});

describe.each(subjects.map((subject) => [subject.ecosystem.id, subject] as const))(
  'tokens of %s',
  (id, { ecosystem, kit }) => {
    const { name, upload } = kit.registry;
    const send = async (token: string) => {
      const { method, path, headers, body } = upload('content').request;
      const response = await fetch(`${registry.url}${ecosystem.prefix}${path}`, {
        method,
        headers: { ...headers, authorization: token },
        body: Buffer.from(body),
      });
      return { status: response.status, text: `${response.statusText} ${await response.text()}` };
    };
    const denied = expect.stringMatching(/40[13]/);

    it('are refused when they are for something else, over or revoked; others own the package then', async () => {
      const wrong = [['read'], ['yank', 'owners'], [`publish:${id}/another1`]];
      for (const scopes of wrong) {
        const answered = await send(await people.tokenOf(alice, scopes));
        expect([scopes, String(answered.status)]).toEqual([scopes, '403']);
        expect(answered.text).toContain('FORGE-R040');
      }
      const short = await people.tokenOf(alice, ['publish'], { expires_in_days: 1 });
      const before = time;
      time = new Date(time.getTime() + 86_400_000);
      expect(String((await send(short)).status)).toEqual(denied);
      time = before;
      const revoked = await people.tokenOf(alice, ['publish']);
      await people.ask('POST', '/auth/logout', undefined, revoked);
      expect(String((await send(revoked)).status)).toEqual(denied);
      const own = await people.tokenOf(alice, [`publish:${id}/${name}`]);
      expect((await send(own)).status).toBeLessThan(300);
      const other = await send(await people.tokenOf(bob, ['publish']));
      expect([other.status, other.text]).toEqual([403, expect.stringContaining('FORGE-R009')]);
    });
  },
);

it('writes no token and no password into its log', () => {
  expect(log.length).toBeGreaterThan(100);
  expect(log.join('\n')).not.toMatch(/forge_[\w-]{43}|eyJ|correct horse/);
});
