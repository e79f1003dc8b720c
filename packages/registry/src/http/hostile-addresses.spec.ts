import { ecosystems } from '@forge/ecosystems';
import { startRegistry, type RunningRegistry } from '../server';
import { headOf, sendRaw } from '../testing/raw-socket';
import { apiRoutes } from '../api/routes';

/** Paths, queries and hosts that no client makes, sent as they are. */
let registry: RunningRegistry;
/** Of an administrator, for pages. */
let cookie = '';
const errors: unknown[] = [];
beforeAll(async () => {
  registry = await startRegistry({ onError: (error) => errors.push(error) });
  const login = await fetch(`${registry.url}/ui/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ token: registry.token }),
    headers: { origin: registry.url },
  });
  cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
}, 60_000);
afterAll(() => registry.close());
afterEach(() => expect(errors).toEqual([]));

const strange = [
  ...['%00', 'a%00b', '%25%30%30', '%', '%zz', '%c0%af', '%ff', '%ED%A0%80', '%E2%80%AE', '\xe9'],
  ...['%2e%2e%2f%2e%2e%2fetc%2fpasswd', '../../etc/passwd', '..%5c..%5cwin.ini', '\\..\\..\\x'],
  ...['__proto__', 'constructor', 'a;b=c', 'a#b', 'a?b=%00', '?%ff=%', '*', '', '/', '//', '.'],
  ...['a'.repeat(10_000), 'a/'.repeat(5000), 'a'.repeat(64 * 1024), `?${'a=1&'.repeat(3000)}`],
];

const places = (prefix: string, paths: readonly string[]) =>
  [...new Set(paths)].filter((path) => /:\w+|\*$/.test(path)).map((path) => `${prefix}${path}`);
const reading = <Route extends { method: string }>({ method }: Route) => method === 'GET';

const groups: readonly (readonly [string, readonly string[]])[] = [
  ...ecosystems.map(({ id, prefix, wire }) => {
    const paths = wire.routes.filter(reading).map(({ path }) => path);
    return [id, places(prefix, paths)] as const;
  }),
  [
    'management API',
    places(
      '/api/v1',
      apiRoutes.filter(reading).map(({ path }) => path),
    ),
  ],
  ['queries', ['/api/v1/search?q=*', '/api/v1/audit?package=*', '/npm/-/v1/search?text=*']],
  ['pages', ['/ui/packages/npm/*', '/ui?q=*', '/ui?page=*', '/ui/*', '/*']],
  ['the trail', ['/ui/trail?package=*', '/ui/trail?actor=*', '/ui/trail?before=*']],
];

/** Over one connection each; the last line of the last answer says which one is missing. */
async function ask(target: string): Promise<string | undefined> {
  const allowed = [`Authorization: ${registry.token}`, `Cookie: ${cookie}`];
  const head = headOf(`GET ${target}`, ['Connection: close', ...allowed]);
  const { status, statuses } = await sendRaw(registry.url, [head], { untilClosed: true });
  const isAnswered = statuses.length === 1 && status >= 200 && status < 500;
  return isAnswered ? undefined : `${target.slice(0, 100)}: ${statuses.join()}`;
}

it.each(groups)(
  '%s: every strange name has an answer, and none is a fault',
  async (_, paths) => {
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) {
      const targets = strange.map((name) => path.replace(/:\w+|\*$/g, () => name));
      const wrong = await Promise.all(targets.map(ask));
      expect(wrong.filter((each) => each !== undefined)).toEqual([]);
    }
  },
  60_000,
);

it('asks for pages as somebody who may see them', async () => {
  const { status } = await fetch(`${registry.url}/ui/trail`, { headers: { cookie } });
  expect(status).toBe(200);
});

it.each([
  ['of another host', 'GET http://evil.example/health'],
  ['of no path', 'GET health'],
  ['of everything', 'OPTIONS *'],
  ['of a tunnel', 'CONNECT evil.example:443'],
  ['of an unknown method', 'BREW /health'],
  ['of two targets', 'GET /health /health'],
])('a request line %s is refused', async (_, line) => {
  const head = headOf(line, ['Connection: close']);
  const { status, isClosed } = await sendRaw(registry.url, [head], { untilClosed: true });
  expect(isClosed).toBe(true);
  expect([0, 400, 404, 405]).toContain(status);
});

describe('a host', () => {
  const ask = (...hosts: readonly string[]) => {
    const lines = hosts.map((host) => `Host: ${host}`);
    const head = ['GET /cargo/index/config.json HTTP/1.1', ...lines, '', ''].join('\r\n');
    return sendRaw(registry.url, [head]);
  };

  it.each(['registry.example', '127.0.0.1:4874', '[::1]:80', 'a_b.example:8080'])(
    '`%s` stands in links',
    async (host) => expect((await ask(host)).text).toContain(`"http://${host}/cargo/dl"`),
  );

  it.each([
    ...['"><script>', 'a b', 'a/../b', 'user:secret@evil.example', 'a,b', 'a:123456', 'a?b'],
    ...['a'.repeat(100) + '!', '[::1', 'a%0d%0a', 'a\x7f', 'a\xe9'],
  ])('`%s` is refused', async (host) => {
    const { status, text } = await ask(host);
    expect([status, text.includes('"dl"')]).toEqual([400, false]);
  });

  it('beside another one is refused, and so is none', async () => {
    expect((await ask('registry.example', 'evil.example')).status).toBe(400);
    expect((await ask()).status).toBe(400);
  });

  it('is not known to HTTP/1.0, by which load balancers ask', async () => {
    const old = ['GET /cargo/index/config.json HTTP/1.0\r\n\r\n'];
    expect((await sendRaw(registry.url, old, { untilClosed: true })).text).toMatch(
      /"dl":"http:\/\/localhost:\d+\/cargo\/dl"/,
    );
  });
});
