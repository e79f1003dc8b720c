import { ecosystems, type WireRoute } from '@forge/ecosystems';
import { startRegistry, type RunningRegistry } from '../server';
import { absentPath } from '../testing/absent-path';

let registry: RunningRegistry;
const errors: unknown[] = [];
beforeAll(async () => {
  registry = await startRegistry({ onError: (error) => errors.push(error) });
}, 60_000);
afterAll(() => registry.close());
afterEach(() => expect(errors).toEqual([]));

describe.each(ecosystems.map((ecosystem) => [ecosystem.id, ecosystem] as const))(
  '%s',
  (_, { prefix, wire }) => {
    const send = (route: WireRoute, init: RequestInit = {}) =>
      fetch(`${registry.url}${prefix}${absentPath(route.path)}`, { method: route.method, ...init });
    const routesOf = (kind: WireRoute['kind']) =>
      wire.routes
        .filter((route) => route.kind === kind)
        .map((route) => [`${route.method} ${route.path}`, route] as const);

    it('has settings that name the server under the prefix, and the token', () => {
      const settings = wire.settings(registry.url, registry.token).join('\n');
      expect(settings).toContain(`${registry.url}${prefix}`);
      expect(settings).toContain(registry.token);
    });

    const mutations = wire.routes
      .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
      .map((route) => [`${route.method} ${route.path}`, route] as const);

    const guarded = mutations.filter(([, { kind }]) => kind !== 'sign-in');

    it.each(guarded)('%s needs a token before it looks at the body', async (__, route) => {
      // PyPI itself answers 403.
      expect([401, 403]).toContain((await send(route, { body: 'garbage' })).status);
    });

    // Tokens are made and revoked without any body, too; their own tests look at them.
    const reading = mutations.filter(([, { kind }]) => kind !== 'token');

    it.each(reading)('%s refuses garbage', async (__, route) => {
      const headers = { authorization: registry.token };
      // A change finds no package before it looks further.
      const bodies =
        route.kind === 'change' ? ['garbage'] : ['', 'garbage', '{}', '\0\0\0\0', 'x'.repeat(5000)];
      for (const body of bodies) {
        const { status } = await send(route, { headers, body });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }
    });

    it.each([...routesOf('index'), ...routesOf('search')])(
      '%s answers when nothing is published',
      async (__, route) => {
        expect((await send(route)).status).toBe(200);
      },
    );

    it.each([...routesOf('package'), ...routesOf('file')])(
      '%s says that there is nothing',
      async (__, route) => {
        expect((await send(route)).status).toBe(404);
      },
    );
  },
);
