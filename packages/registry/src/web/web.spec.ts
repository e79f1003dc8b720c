import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { peopleOf, password, type People } from '../testing/people';

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
const now = new Date('2026-03-01T12:00:00Z');

describe('the pages of a registry', () => {
  let registry: ToyRegistry;
  let people: People;
  const jars: Record<string, string> = {};

  beforeAll(async () => {
    registry = await startToyRegistry({ now: () => now });
    people = peopleOf(registry);
    await people.join('ann');
    const said = { summary: hostile, homepage: 'javascript:alert(3)', keywords: [hostile] };
    await registry.publish('app/1.0.0/app.bin', JSON.stringify(said));
    await registry.publish('core/1.0.0/core.bin', 'bytes');
  }, 60_000);
  afterAll(() => registry.close());

  const open = (path: string, init: RequestInit = {}) =>
    fetch(`${registry.url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { accept: 'text/html', ...init.headers },
    });
  const textOf = async (path: string, cookie = '') => {
    const response = await open(path, { headers: { cookie } });
    return { status: response.status, text: await response.text() };
  };
  const send = (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ) =>
    open(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: registry.url, ...headers },
    });
  const logIn = async (fields: Record<string, string>) => {
    const response = await send('/ui/login', fields);
    return { response, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
  };
  const as = async (name: string): Promise<string> => {
    const fields = name === 'forge' ? { token: registry.token } : { name, password };
    return (jars[name] ??= (await logIn(fields)).cookie);
  };
  const tokenIn = (page: string) => /name="form_token" value="([^"]+)"/.exec(page)?.[1] ?? '';

  it('are at the root for browsers, which programs get as JSON', async () => {
    const page = await open('/');
    expect([page.status, page.headers.get('location')]).toEqual([302, '/ui']);
    const json = await registry.get('/');
    expect([json.status, ((await json.json()) as { name: string }).name]).toEqual([
      200,
      'forge-registry',
    ]);
    expect(json.headers.get('vary')).toContain('Accept');
  });

  it('come with headers under which nothing foreign could run', async () => {
    for (const path of ['/ui', '/ui/nope', '/ui/style.css', '/ui/login']) {
      const { headers } = await open(path);
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|script-src|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('show what strangers wrote as text, and lead nowhere but to the web', async () => {
    for (const path of ['/ui', '/ui/packages/toy/app', `/ui?q=${encodeURIComponent(hostile)}`]) {
      const { status, text } = await textOf(path);
      expect(status).toBe(200);
      expect(text).toContain('&lt;script&gt;alert(1)');
      expect(text).not.toMatch(/<script|<img|href="javascript/);
    }
  });

  it('show a package with digests, how to install it and what came with it', async () => {
    const { text } = await textOf('/ui/packages/toy/core');
    const sha256 = (await registry.packageOf('core')).versions[0]?.files[0]?.sha256 ?? 'none';
    expect(text).toContain(sha256);
    expect(text).toContain(`toy get core 1.0.0 --from ${registry.url}/toy`);
    expect(text).toMatch(/Arrived together with[\s\S]*app <span class="version">1\.0\.0/);
  });

  it.each([
    ['/ui/packages/toy/nothing', 404],
    ['/ui/packages/none/app', 404],
    ['/ui/packages/toy/app/9.9', 404],
    ['/ui/packages/toy/%E0%A4%A', 400],
    ['/ui/nope', 404],
    ['/ui/logout', 405],
    ['/ui/releases?before=x', 200],
    ['/ui?page=-1&ecosystem=none', 200],
    ['/ui?q=%00', 400],
    ['/ui/packages/toy/%00', 400],
    ['/ui/packages/toy/%2500', 404],
  ])('answer %s with %d', async (path, status) => {
    expect((await textOf(path)).status).toBe(status);
  });

  it('let in with a password, and keep the session where no script and no other site gets at it', async () => {
    const { response, cookie } = await logIn({ name: 'ann', password, next: '/ui/releases' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/ui/releases']);
    expect(response.headers.get('set-cookie')).toMatch(/; Path=\/ui; HttpOnly; SameSite=Lax; Max/);
    expect((await textOf('/ui/account/tokens', cookie)).text).toContain('You have no tokens');
    const page = await textOf('/ui', cookie);
    await send('/ui/logout', { form_token: tokenIn(page.text) }, { cookie });
    expect((await textOf('/ui/account/tokens', cookie)).status).toBe(303);
  });

  it('let nobody in with a wrong password or token, and say the same of whoever is not there', async () => {
    for (const fields of [
      { name: 'ann', password: 'wrong' },
      { name: 'nobody', password },
      { token: 'forge_wrong' },
    ] as Record<string, string>[]) {
      const { response } = await logIn(fields);
      expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
    }
  });

  it('let whoever is logged in log in as somebody else, and take a NUL from nobody', async () => {
    const first = await logIn({ name: 'ann', password });
    const page = await textOf('/ui/login', first.cookie);
    const fields = { form_token: tokenIn(page.text.slice(page.text.indexOf('/ui/login"'))) };
    const again = await send(
      '/ui/login',
      { ...fields, token: registry.token },
      { cookie: first.cookie },
    );
    expect([again.status, again.headers.get('location')]).toEqual([303, '/ui']);
    expect(again.headers.get('set-cookie')).toContain(registry.token);
    const nul = await send('/ui/login', { ...fields, name: 'a\0', password });
    expect(nul.status).toBe(400);
  });

  it.each(['//evil.example', 'https://evil.example', '/ui/login', '/ui/\\evil', '/uix', '/api'])(
    'do not lead to %s after logging in',
    async (next) => {
      const { response } = await logIn({ token: registry.token, next });
      expect(response.headers.get('location')).toBe('/ui');
    },
  );

  it('take no form from elsewhere', async () => {
    const cookie = await as('ann');
    const form_token = tokenIn((await textOf('/ui', cookie)).text);
    const fields = { name: 'x', scope: 'read', form_token };
    const strangers: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of strangers) {
      const response = await send('/ui/account/tokens', fields, { cookie, ...headers });
      expect([headers, response.status]).toEqual([headers, 403]);
    }
    for (const forged of ['', 'x', tokenIn((await textOf('/ui', await as('forge'))).text)]) {
      const sent = { ...fields, form_token: forged };
      expect((await send('/ui/account/tokens', sent, { cookie })).status).toBe(403);
    }
    expect((await send('/ui/login', { token: registry.token }, { origin: 'null' })).status).toBe(
      403,
    );
  });

  it('tell the audit of forms that nobody may send, as the API does', async () => {
    const cookie = await as('ann');
    const form_token = tokenIn((await textOf('/ui', cookie)).text);
    expect((await send('/ui/webhooks', { url: 'https://hooks.example/' })).status).toBe(303);
    expect((await send('/ui/webhooks', { form_token }, { cookie })).status).toBe(403);
    expect((await textOf('/ui/webhooks', cookie)).status).toBe(403);
    const headers = { authorization: `Bearer ${registry.token}` };
    const answer = await registry.get('/api/v1/audit', headers);
    const { entries } = (await answer.json()) as { entries: readonly { subject: string }[] };
    const denied = { action: 'request.denied', detail: { request: 'POST /ui/webhooks' } };
    expect(entries.filter(({ subject }) => subject === '/ui/webhooks')).toMatchObject([
      { ...denied, actor: '(anonymous)' },
      { ...denied, actor: 'ann' },
    ]);
  });

  it('make tokens that work, show them once and revoke them', async () => {
    const cookie = await as('ann');
    const form_token = tokenIn((await textOf('/ui', cookie)).text);
    const fields = { name: 'ci', scope: 'publish', narrow: 'toy/app', days: '30', form_token };
    const made = await send('/ui/account/tokens', fields, { cookie });
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const secret = /forge_[\w-]{43}/.exec(await made.text())?.[0] ?? '';
    const whoami = () => registry.get('/toy/whoami', { authorization: secret });
    expect(await (await whoami()).json()).toBe('ann');
    const listed = await textOf('/ui/account/tokens', cookie);
    expect(listed.text).toContain('publish:toy/app');
    expect(listed.text).not.toContain(secret);
    const path = /action="(\/ui\/account\/tokens\/\d+\/revoke)"/.exec(listed.text)?.[1] ?? '';
    await send(path, { form_token }, { cookie });
    expect((await whoami()).status).toBe(401);
  });

  it('add webhooks, show their secret once and take them away, for administrators only', async () => {
    expect((await textOf('/ui/webhooks', await as('ann'))).status).toBe(403);
    const cookie = await as('forge');
    const form_token = tokenIn((await textOf('/ui/webhooks', cookie)).text);
    const add = (url: string) => send('/ui/webhooks', { url, form_token }, { cookie });
    const refused = await add('https://169.254.169.254/');
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('FORGE-R081'),
    ]);
    const added = await add('https://hooks.example/');
    const secret = /whsec_[\w+/=]{40,}/.exec(await added.text())?.[0];
    expect([added.status, typeof secret]).toEqual([201, 'string']);
    const listed = (await textOf('/ui/webhooks', cookie)).text;
    expect(listed).not.toContain(secret);
    const [path = ''] = /\/ui\/webhooks\/\d+/.exec(listed) ?? [];
    expect((await textOf(path, cookie)).text).toContain('It was told of nothing yet');
    expect((await send(`${path}/remove`, { form_token }, { cookie })).status).toBe(303);
    expect((await textOf(path, cookie)).status).toBe(404);
  });

  it('show the trail to administrators only', async () => {
    expect((await textOf('/ui/trail')).status).toBe(303);
    expect((await textOf('/ui/trail', await as('ann'))).status).toBe(403);
    const trail = await textOf('/ui/trail?package=toy:core', await as('forge'));
    expect(trail.text).toContain('core@1.0.0');
    expect(trail.text).not.toContain('app@1.0.0');
  });

  it('lead from the trail to packages alone, and mark what was refused', async () => {
    await registry.publish('app/no-version/app.bin', 'bytes');
    const { text } = await textOf('/ui/trail', await as('forge'));
    expect(text).toContain('href="/ui/packages/toy/app/1.0.0"');
    expect(text).toContain('class="tag bad">publish.rejected<');
    expect(text).toMatch(/webhook\.removed[\s\S]*webhook:1/);
    expect(text).not.toMatch(/href="\/ui\/packages\/(?!toy\/)/);
  });
});

describe('the pages of a registry with limits', () => {
  it('tell who asks too often to wait', async () => {
    const rates = { search: { burst: 2, perHour: 60 }, login: { burst: 1, perHour: 60 } };
    const registry = await startToyRegistry({ rates });
    const open = (path: string, method = 'GET') => fetch(`${registry.url}${path}`, { method });
    const statuses = [];
    for (let left = 3; left > 0; left -= 1) statuses.push((await open('/ui/releases')).status);
    expect(statuses).toEqual([200, 200, 429]);
    await open('/ui/login', 'POST');
    const refused = await open('/ui/login', 'POST');
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await open('/ui/style.css')).status).toBe(200);
    await registry.close();
  });
});

describe('the pages of a registry whose reads need a token', () => {
  it('ask everybody to log in, and say that no accounts were set up', async () => {
    const registry = await startToyRegistry({ accounts: { readsNeedToken: true } });
    const open = (path: string) => fetch(`${registry.url}${path}`, { redirect: 'manual' });
    for (const path of ['/ui', '/ui/releases', '/ui/packages/toy/app']) {
      const { status, headers } = await open(path);
      expect([status, headers.get('location')]).toEqual([
        303,
        `/ui/login?${new URLSearchParams({ next: path }).toString()}`,
      ]);
    }
    expect((await open('/ui/style.css')).status).toBe(200);
    expect(await (await open('/ui/login')).text()).toContain('no accounts were set up');
    await registry.close();
  });
});
