import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { startToyRegistry, type ToyRegistry } from '../testing/client';

let registry: ToyRegistry;
let time = new Date('2026-01-01T00:00:00Z');
beforeAll(async () => {
  registry = await startToyRegistry({ now: () => time });
}, 30_000);
afterAll(() => registry.close());

const whoami = (authorization: string) => registry.get('/toy/whoami', { authorization });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('one token, in the forms in which tools send it', () => {
  it.each([
    ['bare (cargo, gem, hex)', (token: string) => token],
    ['Bearer (npm)', (token: string) => `Bearer ${token}`],
    ['Basic password (twine)', (token: string) => `Basic ${base64(`__token__:${token}`)}`],
    ['X-ApiKey (cabal 3.12)', (token: string) => `X-ApiKey ${token}`],
  ])('%s', async (_, form) => {
    const response = await whoami(form(registry.token));
    expect([response.status, await response.json()]).toEqual([200, 'forge']);
    expect((await whoami(form('another_token_of_nobody'))).status).toBe(401);
  });

  it.each(['', ' ', 'Bearer', 'Bearer ', 'Basic', 'Basic !', 'Digest', 'Digest x=y'])(
    'takes `%s` for none',
    async (authorization) => {
      expect((await whoami(authorization)).status).toBe(401);
    },
  );
});

describe('Digest', () => {
  const challenge = async () => {
    const header = (await registry.get('/toy/whoami')).headers.get('www-authenticate') ?? '';
    expect(header).toMatch(/^Digest realm="Toy", qop="auth", nonce="[^"]+"$/);
    return /nonce="([^"]+)"/.exec(header)?.[1] ?? '';
  };
  const answer = (nonce: string, password: string, uri = '/toy/whoami', method = 'GET') => {
    const ha1 = md5(`forge:Toy:${password}`);
    const response = md5(`${ha1}:${nonce}:00000001:abc:auth:${md5(`${method}:${uri}`)}`);
    return `Digest username="forge", realm="Toy", nonce="${nonce}", uri="${uri}", cnonce="abc", nc=00000001, qop=auth, response="${response}", algorithm=MD5`;
  };

  it('takes the answer to its challenge', async () => {
    const nonce = await challenge();
    expect((await whoami(answer(nonce, registry.token))).status).toBe(200);
    expect((await whoami(answer(nonce, 'a_wrong_token_of_nobody'))).status).toBe(401);
  });

  it('takes the answer of cabal 3.4 without curl: no client nonce, and a whole URL', async () => {
    const nonce = await challenge();
    const byItself = (password: string, uri: string) => {
      const response = md5(`${md5(`forge:Toy:${password}`)}:${nonce}:${md5(`GET:${uri}`)}`);
      return `Digest username="forge",realm="Toy",nonce="${nonce}",uri="${uri}",response="${response}",algorithm="md5",qop=auth`;
    };
    const url = `${registry.url}/toy/whoami`;
    expect((await whoami(byItself(registry.token, url))).status).toBe(200);
    expect((await whoami(byItself('a_wrong_token_of_nobody', url))).status).toBe(401);
    expect((await whoami(byItself(registry.token, `${registry.url}/toy/config`))).status).toBe(401);
  });

  it('takes no answer for another path, an old or an invented nonce', async () => {
    const nonce = await challenge();
    expect((await whoami(answer(nonce, registry.token, '/toy/config'))).status).toBe(401);
    expect((await whoami(answer(`${nonce}x`, registry.token))).status).toBe(401);
    time = new Date(time.getTime() + 6 * 60_000);
    expect((await whoami(answer(nonce, registry.token))).status).toBe(401);
  });

  it('takes the requests of `curl --digest`, which cabal 3.4 runs: an empty one, then the upload', async () => {
    const path = '/toy/publish/curl/1.0.0/curl.tgz';
    const post = (body: string, headers: Record<string, string>) =>
      fetch(`${registry.url}${path}`, { method: 'POST', body, headers });
    const probe = await post('', {});
    expect(probe.status).toBe(401);
    const nonce = /nonce="([^"]+)"/.exec(probe.headers.get('www-authenticate') ?? '')?.[1] ?? '';
    const authorization = answer(nonce, registry.token, path, 'POST');
    expect(await (await post('by curl', { authorization })).json()).toEqual({
      published: 'curl@1.0.0',
      by: 'forge',
    });
  });
});

describe('a publish without a valid token', () => {
  it('is refused with the challenge, in the words of the ecosystem', async () => {
    const response = await registry.publish('denied/1.0.0/denied.tgz', 'x', {});
    expect([response.status, response.statusText]).toEqual([401, 'Toy unauthorized']);
    expect(((await response.json()) as { message: string }).message).toMatch(
      /no valid token .* \(FORGE-R005\)$/,
    );
    expect(response.headers.get('www-authenticate')).toMatch(/^Digest /);
    expect((await registry.get('/toy/packages/denied')).status).toBe(404);
  });

  it('is refused before the body is looked at', async () => {
    expect((await registry.publish('denied/1.0.0/denied.tgz', '\0', {})).status).toBe(401);
    expect((await registry.publish('denied/1.0.0/denied.tgz', 'x'.repeat(2000), {})).status).toBe(
      401,
    );
  });

  it('is refused before the body is sent, to a client that waits for `100 Continue`', async () => {
    expect(await expectContinue({})).toEqual(['401']);
    const authorization = registry.token;
    expect(await expectContinue({ authorization })).toEqual(['continue', '201']);
  });

  function expectContinue(headers: Record<string, string>): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const seen: string[] = [];
      const target = `${registry.url}/toy/publish/wait/1.0.0/wait.tgz`;
      const upload = request(target, {
        method: 'POST',
        headers: { ...headers, expect: '100-continue', 'content-length': 4 },
      });
      upload.on('continue', () => {
        seen.push('continue');
        upload.end('body');
      });
      upload.on('response', (response) => {
        seen.push(String(response.statusCode));
        response.resume();
        upload.destroy();
        resolve(seen);
      });
      upload.on('error', reject);
      upload.flushHeaders();
    });
  }
});
