import type { WireRoute } from '@forge/ecosystems';
import { subjects } from '../../../ecosystems/src/testing/subjects';
import { apiRoutes } from '../api/routes';
import { startRegistry, type RunningRegistry } from '../server';
import { absentPath } from '../testing/absent-path';
import { peopleOf, type People } from '../testing/people';

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
