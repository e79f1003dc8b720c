import { createHmac } from 'node:crypto';
import { startRegistry, type RunningRegistry } from '../server';
import { startIdentityProvider, type IdentityProvider } from '../testing/identity-provider';
import { peopleOf, type People } from '../testing/people';

let provider: IdentityProvider;
let registry: RunningRegistry;
let people: People;
let alice: string;
let bob: string;
let time = new Date('2026-01-01T00:00:00Z');
const repository = 'acme/lamp';
beforeAll(async () => {
  provider = await startIdentityProvider();
  const accounts = { issuers: [provider.issuer, 'http://127.0.0.1:1'], readsNeedToken: true };
  registry = await startRegistry({ accounts, now: () => time });
  people = peopleOf(registry);
  alice = await people.join('alice');
  bob = await people.join('bob');
}, 60_000);
afterAll(async () => {
  await registry.close();
  await provider.close();
});

const trust = (path: string, claims: object, token = alice, issuer = provider.issuer) =>
  people.ask('POST', `/packages/${path}/trusted-publishers`, { issuer, claims }, token);
const identity = (claims: object = {}) =>
  provider.sign({ aud: '127.0.0.1', repository, ...claims }, time);

async function post(path: string, body: object, method = 'POST', headers = {}) {
  const options = { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${registry.url}${path}`, options);
  return { status: response.status, text: await response.text() };
}
const crates = (jwt: string) => post('/cargo/api/v1/trusted_publishing/tokens', { jwt }, 'PUT');
const tokenIn = ({ text }: { readonly text: string }) =>
  /forge_[\w-]{43}/.exec(text)?.[0] ?? `no token in ${text}`;
const whoami = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${registry.url}/npm/-/whoami`, { headers })).status;
};

describe('trusting an identity with a package', () => {
  it('is for its owners, or for anybody while nobody owns the name; what is asked must say whose job it is', async () => {
    const added = await trust('cargo/Lamp_core', { repository });
    expect([added.status, added.body]).toEqual([
      201,
      {
        id: expect.any(Number),
        issuer: provider.issuer,
        claims: { repository },
        added_by: 'alice',
        added_at: '2026-01-01T00:00:00.000Z',
      },
    ]);
    const listed = await people.ask(
      'GET',
      '/packages/cargo/lamp_core/trusted-publishers',
      undefined,
      bob,
    );
    expect(listed.body['publishers']).toEqual([added.body]);
    for (const weak of [
      {},
      { ref: 'refs/heads/main' },
      { repository: 'acme/*' },
      { repository: '' },
    ])
      expect((await trust('cargo/lamp_core', weak)).body['code']).toBe('FORGE-R047');
    const other = await trust('cargo/lamp_core', { repository }, alice, 'https://other.example');
    expect([other.status, other.body['code']]).toEqual([403, 'FORGE-R044']);
    expect((await trust('nothing/lamp', { repository })).status).toBe(404);
    for (const all of ['cargo/*', 'cargo/lamp*', 'npm/@acme%2f*']) {
      const { status, body } = await trust(all, { repository });
      expect([all, status, body['code']]).toEqual([all, 400, 'FORGE-R002']);
    }
    const reader = await people.tokenOf(alice, ['read', 'publish']);
    expect((await trust('cargo/lamp_core', { repository }, reader)).status).toBe(403);
  });

  it('can be taken back', async () => {
    const { body } = await trust('cargo/gone', { repository: 'acme/gone' });
    const path = `/packages/cargo/gone/trusted-publishers/${String(body['id'])}`;
    expect((await people.ask('DELETE', path, undefined, alice)).status).toBe(204);
    expect((await people.ask('DELETE', path, undefined, alice)).status).toBe(404);
    const refused = await crates(identity({ repository: 'acme/gone' }));
    expect(refused.text).toContain('no package trusts `job`');
  });
});

describe('an identity', () => {
  it('gives a token for crates, which ends when the job says so', async () => {
    const given = await crates(identity());
    expect(given.status).toBe(200);
    const token = tokenIn(given);
    expect(await whoami(token)).toBe(200);
    const headers = { authorization: token };
    const revoked = await post('/cargo/api/v1/trusted_publishing/tokens', {}, 'DELETE', headers);
    expect(revoked.status).toBe(204);
    expect(await whoami(token)).toBe(401);
  });

  it('gives a token for one package of npm, at the root of the host', async () => {
    await trust('npm/@acme%2flamp', { repository, workflow: 'release.yml*' });
    const ask = (name: string, jwt: string) =>
      post(`/-/npm/v1/oidc/token/exchange/package/${name}`, {}, 'POST', {
        authorization: `Bearer ${jwt}`,
      });
    const forNpm = () => identity({ aud: 'npm:127.0.0.1', workflow: 'release.yml@v1' });
    const given = await ask('@acme%2flamp', forNpm());
    expect([given.status, await whoami(tokenIn(given))]).toEqual([201, 200]);
    expect((await ask('@acme%2fother', forNpm())).status).toBe(403);
    expect((await ask('@acme%2flamp', identity({ aud: 'npm:127.0.0.1' }))).status).toBe(403);
  });

  it('gives a token for a project of an index, which says for whom it must be made', async () => {
    await trust('pypi/Lamp.Py', { repository });
    const audience = await (await fetch(`${registry.url}/_/oidc/audience`)).json();
    expect(audience).toEqual({ audience: '127.0.0.1' });
    const given = await post('/_/oidc/mint-token', { token: identity() });
    expect(JSON.parse(given.text)).toEqual({
      success: true,
      token: tokenIn(given),
      expires: time.getTime() / 1000 + 900,
    });
    expect(await whoami(tokenIn(given))).toBe(200);
  });

  it('gives a key for a gem', async () => {
    await trust('rubygems/lamp', { repository });
    const path = '/gems/api/v1/oidc/trusted_publisher/exchange_token';
    const given = await post(path, { jwt: identity() });
    expect(given.status).toBe(201);
    expect(JSON.parse(given.text)).toMatchObject({
      rubygems_api_key: tokenIn(given),
      expires_at: '2026-01-01T00:15:00.000Z',
    });
  });

  it('gives a token that publishes these packages alone, and is over after a quarter of an hour', async () => {
    const token = tokenIn(await crates(identity()));
    for (const [method, path] of [
      ['GET', '/users/me/tokens'],
      ['PUT', '/packages/cargo/lamp_core/owners'],
      ['POST', '/packages/cargo/lamp_core/trusted-publishers'],
    ] as const)
      expect((await people.ask(method, path, undefined, token)).status).toBe(403);
    time = new Date(time.getTime() + 15 * 60_000);
    expect(await whoami(token)).toBe(401);
  });

  it('is worth something once', async () => {
    const jwt = identity();
    expect((await crates(jwt)).status).toBe(200);
    expect((await crates(jwt)).text).toContain('used before');
  });

  it('is the same identity however its signature is spelled', async () => {
    const jwt = identity();
    expect((await crates(jwt)).status).toBe(200);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // Of the last sign of a signature of 256 bytes two bits count.
    const last = alphabet[alphabet.indexOf(jwt.at(-1) ?? '') + 1] ?? '';
    for (const again of [`${jwt.slice(0, -1)}${last}`, `${jwt}\n`, `${jwt} `])
      expect((await crates(again)).text).toContain('used before');
  });

  it('is remembered for as long as a clock that goes slow would accept it', async () => {
    const jwt = identity();
    expect((await crates(jwt)).status).toBe(200);
    time = new Date(time.getTime() + 329_000);
    expect((await crates(identity())).status).toBe(200);
    expect((await crates(jwt)).text).toContain('used before');
  });

  it.each([
    ['for another audience', () => identity({ aud: 'crates.example' }), 'aud'],
    ['for no audience', () => identity({ aud: undefined }), 'aud'],
    ['over', () => identity({ exp: time.getTime() / 1000 - 60 }), 'exp'],
    ['without an end', () => identity({ exp: undefined }), 'exp'],
    ['from the past', () => identity({ iat: time.getTime() / 1000 - 7200 }), 'iat'],
    ['of nobody', () => identity({ sub: undefined }), 'sub'],
    ['of another repository', () => identity({ repository: 'evil/lamp' }), 'no package trusts'],
    ['of another case', () => identity({ repository: 'Acme/lamp' }), 'no package trusts'],
    ['of another issuer', () => identity({ iss: 'https://other.example' }), 'does not trust'],
    ['no token', () => 'ey.ey.ey', 'no signed token'],
    ['empty', () => '', 'no signed token'],
  ])('is refused if it is %s', async (_, make, reason) => {
    const refused = await crates(make());
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('FORGE-R044')]);
    expect(refused.text).toContain(reason);
  });

  it('is refused if somebody else signed it: with nothing, with a public key, with another key', async () => {
    const [head = '', body = ''] = identity().split('.');
    const header = (alg: string) => Buffer.from(JSON.stringify({ alg })).toString('base64url');
    const hmac = createHmac('sha256', 'public').update(`${header('HS256')}.${body}`);
    const forged = [
      `${header('none')}.${body}.`,
      `${header('HS256')}.${body}.${hmac.digest('base64url')}`,
      `${head}.${body}.${Buffer.from('signature').toString('base64url')}`,
    ];
    for (const jwt of forged) expect([(await crates(jwt)).status, jwt]).toEqual([403, jwt]);
  });

  it('gives nothing for a package of somebody who is no owner of it any more, or blocked', async () => {
    await people.join('erin');
    const erin = String(
      (
        await people.ask('POST', '/auth/login', {
          username: 'erin',
          password: 'correct horse battery',
        })
      ).body['token'],
    );
    await trust('cargo/erins', { repository: 'erin/crate' }, erin);
    const claims = { repository: 'erin/crate' };
    expect((await crates(identity(claims))).status).toBe(200);
    await people.ask('PATCH', '/users/erin', { is_blocked: true }, registry.token);
    expect((await crates(identity(claims))).status).toBe(403);
  });
});

describe('the provider', () => {
  it('is asked for its keys once, and again when it has others, but not for everybody who makes one up', async () => {
    const before = provider.asked();
    for (let i = 0; i < 3; i += 1) expect((await crates(identity())).status).toBe(200);
    expect(provider.asked()).toBe(before);
    time = new Date(time.getTime() + 60_000);
    provider.rotate();
    expect((await crates(identity())).status).toBe(200);
    expect(provider.asked()).toBe(before + 1);
    provider.rotate();
    for (let i = 0; i < 3; i += 1) expect((await crates(identity())).status).toBe(403);
    expect(provider.asked()).toBe(before + 1);
    time = new Date(time.getTime() + 60_000);
    expect((await crates(identity())).status).toBe(200);
  });

  it.each(['broken', 'foreign'] as const)(
    'may be %s: then there is no token, and the fault is not ours',
    async (how) => {
      time = new Date(time.getTime() + 11 * 60_000);
      provider.behave(how);
      const refused = await crates(identity());
      expect([refused.status, refused.text]).toEqual([502, expect.stringContaining('FORGE-R050')]);
      // It is left alone for a while.
      const before = provider.disturbed();
      expect((await crates(identity())).status).toBe(502);
      expect(provider.disturbed()).toBe(before);
      provider.behave('well');
      time = new Date(time.getTime() + 30_000);
      expect((await crates(identity())).status).toBe(200);
    },
  );

  it('may be broken when somebody comes with a key that is not known: the others still hold', async () => {
    const known = [identity(), identity()];
    provider.rotate();
    provider.behave('broken');
    time = new Date(time.getTime() + 60_000);
    expect((await crates(known[0] ?? '')).status).toBe(200);
    expect((await crates(identity())).text).toContain('FORGE-R050');
    expect((await crates(known[1] ?? '')).status).toBe(200);
    provider.behave('well');
    time = new Date(time.getTime() + 30_000);
    expect((await crates(identity())).status).toBe(200);
  });

  it('may be away', async () => {
    const jwt = provider.sign({ iss: 'http://127.0.0.1:1', aud: '127.0.0.1' }, time);
    const { text } = await crates(jwt);
    expect(text).toContain('the provider of identities does not answer to GET http://127.0.0.1:1/');
    expect(text).toContain('FORGE-R050');
  });
});
