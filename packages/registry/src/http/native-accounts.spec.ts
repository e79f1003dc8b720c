import { kit as hex } from '../../../ecosystems/src/ecosystems/hex/testing/kit';
import { startRegistry, type RunningRegistry } from '../server';
import { password, peopleOf, type People } from '../testing/people';

let registry: RunningRegistry;
let people: People;
const log: string[] = [];
beforeAll(async () => {
  registry = await startRegistry({
    accounts: { registration: true },
    onRequest: (entry) => log.push(JSON.stringify(entry)),
  });
  people = peopleOf(registry);
  await people.join('alice');
}, 30_000);
afterAll(() => registry.close());

const basic = (user: string, secret: string) =>
  `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

async function ask(
  method: string,
  path: string,
  { body, ...headers }: Readonly<Record<string, string>> = {},
) {
  const response = await fetch(`${registry.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const whoami = async (token: string) =>
  (await ask('GET', '/npm/-/whoami', { authorization: `Bearer ${token}` })).text;

describe('npm', () => {
  const login = (name: string, secret: string, more: object = {}) =>
    ask('PUT', `/npm/-/user/org.couchdb.user:${name}`, {
      body: JSON.stringify({ name, password: secret, ...more }),
      'content-type': 'application/json',
    });
  const tokenOf = ({ text }: { readonly text: string }) =>
    (JSON.parse(text) as { readonly token: string }).token;

  it('logs in, out, and tells a wrong password', async () => {
    const answered = await login('alice', password);
    expect(answered.status).toBe(201);
    const token = tokenOf(answered);
    expect(await whoami(token)).toBe('{"username":"alice"}');
    expect((await login('alice', 'wrong horse battery')).status).toBe(401);
    const authorization = `Bearer ${token}`;
    expect((await ask('DELETE', `/npm/-/user/token/${token}`, { authorization })).status).toBe(200);
    expect(await whoami(token)).toContain('FORGE-R005');
    expect(log.join('\n')).toContain('/npm/-/user/token/<redacted>');
    expect(log.join('\n')).not.toContain(token);
  });

  it('makes users, where everybody is let in', async () => {
    const answered = await login('dora', password, { email: 'dora@example.org' });
    expect(await whoami(tokenOf(answered))).toBe('{"username":"dora"}');
    expect((await login('ed', password, { email: 'ed@example.org' })).status).toBe(400);
    expect((await login('emil', password)).status).toBe(401);
  });

  it('lists, makes and revokes tokens', async () => {
    const authorization = `Bearer ${tokenOf(await login('alice', password))}`;
    const make = (wanted: object) =>
      ask('POST', '/npm/-/npm/v1/tokens', { authorization, body: JSON.stringify(wanted) });
    expect((await make({ name: 'ci' })).status).toBe(400);
    expect((await make({ name: 'ci', password: 'wrong horse battery' })).status).toBe(401);
    expect((await make({ password, orgs: ['acme'] })).status).toBe(400);
    const made = await make({ name: 'ci', password, packages: ['@acme/lamp'], expires: 7 });
    const listed = JSON.parse(
      (await ask('GET', '/npm/-/npm/v1/tokens', { authorization })).text,
    ) as { readonly objects: readonly { readonly key: string; readonly name: string }[] };
    const key = listed.objects.find(({ name }) => name === 'ci')?.key ?? '';
    expect(JSON.stringify(listed)).not.toContain(tokenOf(made));
    expect(listed.objects.length).toBeGreaterThan(1);
    const own = await ask('GET', '/npm/-/npm/v1/tokens', {
      authorization: `Bearer ${tokenOf(made)}`,
    });
    expect(JSON.parse(own.text)).toMatchObject({ objects: [{ key, name: 'ci' }], total: 1 });
    expect(await whoami(tokenOf(made))).toBe('{"username":"alice"}');
    const path = `/npm/-/npm/v1/tokens/token/${key}`;
    const weaker = { authorization: `Bearer ${tokenOf(made)}` };
    const strongest = listed.objects[0]?.key ?? '';
    const other = `/npm/-/npm/v1/tokens/token/${strongest}`;
    expect((await ask('DELETE', other, weaker)).status).toBe(403);
    expect((await ask('DELETE', path, { authorization })).status).toBe(204);
    expect(await whoami(tokenOf(made))).toContain('FORGE-R005');
    expect((await ask('DELETE', path, { authorization })).status).toBe(404);
  });
});

describe('RubyGems', () => {
  it('signs in with the address or the name, for the rights that are asked', async () => {
    const form = 'name=laptop&push_rubygem=true&yank_rubygem=true';
    for (const user of ['alice', 'alice@example.org']) {
      const authorization = basic(user, password);
      const key = await ask('POST', '/gems/api/v1/api_key', { authorization, body: form });
      expect([key.status, key.text]).toEqual([200, expect.stringMatching(/^forge_[\w-]{43}$/)]);
      expect(await whoami(key.text)).toBe('{"username":"alice"}');
      const publish = await ask('POST', '/gems/api/v1/gems', {
        authorization: key.text,
        body: 'x',
      });
      expect(publish.status).toBe(422);
    }
    const yaml = await ask('GET', '/gems/api/v1/api_key.yaml', {
      authorization: basic('alice', password),
    });
    expect(yaml.text).toMatch(/^---\n:rubygems_api_key: forge_[\w-]{43}\n$/);
  });

  it('gives no key for a wrong password, nor for a key', async () => {
    const wrong = { authorization: basic('alice', 'wrong horse battery') };
    expect((await ask('POST', '/gems/api/v1/api_key', wrong)).status).toBe(401);
    expect((await ask('POST', '/gems/api/v1/api_key')).status).toBe(401);
    const made = await ask('POST', '/gems/api/v1/api_key', {
      authorization: basic('alice', password),
    });
    const again = await ask('POST', '/gems/api/v1/api_key', { authorization: made.text });
    expect([again.status, again.text]).toEqual([403, expect.stringContaining('FORGE-R040')]);
  });
});

describe('Hex', () => {
  const json = { accept: 'application/json', 'content-type': 'application/json' };

  it('makes, lists and revokes keys', async () => {
    const authorization = basic('alice', password);
    const permissions = [{ domain: 'package', resource: 'hexpm/lamp' }];
    const body = JSON.stringify({ name: 'ci-hex', permissions });
    const made = await ask('POST', '/hex/api/keys', { ...json, authorization, body });
    expect(made.status).toBe(201);
    const { secret, ...key } = JSON.parse(made.text) as Readonly<Record<string, string>>;
    expect(key).toMatchObject({
      name: 'ci-hex',
      permissions: [{ domain: 'package', resource: 'lamp' }],
    });
    expect(await whoami(secret ?? '')).toBe('{"username":"alice"}');
    const listed = await ask('GET', '/hex/api/keys', { ...json, authorization });
    expect(listed.text).toContain('"ci-hex"');
    expect(listed.text).not.toContain(secret);
    const revoked = await ask('DELETE', '/hex/api/keys/ci-hex', { ...json, authorization });
    expect(revoked.status).toBe(200);
    expect(await whoami(secret ?? '')).toContain('FORGE-R005');
    expect((await ask('DELETE', '/hex/api/keys/ci-hex', { ...json, authorization })).status).toBe(
      404,
    );
  });

  it('changes a key for itself where Hex wants a token, and no other', async () => {
    const secret = await people.tokenOf(registry.token, ['read']);
    const exchange = (key: string) =>
      ask('POST', '/hex/api/oauth/token', {
        ...json,
        body: JSON.stringify({ grant_type: 'client_credentials', client_secret: key }),
      });
    expect(JSON.parse((await exchange(secret)).text)).toMatchObject({ access_token: secret });
    expect((await exchange(`${secret}x`)).status).toBe(401);
    expect((await exchange('')).status).toBe(401);
  });

  it('tells the packages of who asks, as long as there is something in them', async () => {
    const { name, version, upload } = hex.registry;
    const { path, body, headers } = upload('first').request;
    const authorization = basic('alice', password);
    const response = await fetch(`${registry.url}/hex${path}`, {
      method: 'POST',
      headers: { ...headers, authorization },
      body: Uint8Array.from(body as Uint8Array),
    });
    expect(response.status).toBe(201);
    const listed = async (who: Readonly<Record<string, string>>) => {
      const { text } = await ask('GET', '/hex/api/users/me', { ...json, ...who });
      return (JSON.parse(text) as { readonly packages: unknown }).packages;
    };
    expect(await listed({ authorization })).toMatchObject([{ name }]);
    expect(await listed({ authorization: registry.token })).toEqual([]);
    const release = `/hex/api/packages/${name}/releases/${version}`;
    expect((await ask('DELETE', release, { ...json, authorization })).status).toBe(204);
    expect(await listed({ authorization })).toEqual([]);
  });

  it('gives no key without a name', async () => {
    const authorization = basic('alice', password);
    for (const body of ['{}', 'nonsense', '[]'])
      expect((await ask('POST', '/hex/api/keys', { ...json, authorization, body })).status).toBe(
        422,
      );
  });
});

it('slows down who guesses passwords through a tool, too', async () => {
  await people.join('victim');
  const wrong = { authorization: basic('victim', 'guess') };
  const guess = async () => (await ask('GET', '/gems/api/v1/profile/me.yaml', wrong)).status;
  const statuses = [];
  for (let i = 0; i < 6; i += 1) statuses.push(await guess());
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  const response = await fetch(`${registry.url}/hackage/upload`, {
    method: 'POST',
    headers: wrong,
  });
  expect(response.status).toBe(429);
  // Three minutes since the fifth guess, of which some may be over on a busy machine.
  const seconds = Number(response.headers.get('retry-after'));
  expect([seconds > 150, seconds <= 180]).toEqual([true, true]);
});
