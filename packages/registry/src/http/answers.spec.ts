import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { startToyRegistry, type ToyRegistry } from '../testing/client';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry({ compress: true, origins: ['https://pages.example'] });
  for (let n = 0; n < 20; n += 1)
    await registry.publish(`lamp/${n}.0.0/lamp-${n}.bin`, `bytes ${n}`);
}, 30_000);
afterAll(() => registry.close());

/** As a client that unpacks nothing by itself. */
function get(path: string, headers: Record<string, string>) {
  return new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
    (resolve, reject) => {
      const sent = request(`${registry.url}${path}`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on('error', reject).end();
    },
  );
}

describe('a document', () => {
  const path = '/toy/packages/lamp';

  it('is compressed for who takes gzip, under the same entity tag', async () => {
    const plain = await get(path, {});
    const packed = await get(path, { 'accept-encoding': 'br, gzip;q=0.5' });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(packed.body.length),
      vary: 'Origin, accept-encoding',
      etag: plain.headers['etag'],
    });
    expect(packed.body.length).toBeLessThan(plain.body.length / 2);
    expect(gunzipSync(packed.body)).toEqual(plain.body);
    expect(plain.headers).toMatchObject({ vary: 'Origin, accept-encoding' });
    expect(plain.headers['repr-digest']).toMatch(/^sha-256=:/);
    expect(packed.headers['repr-digest']).toBeUndefined();
  });

  it.each(['identity', 'br', 'gzip;q=0', ''])(
    'is sent as it is to who takes `%s`',
    async (coding) => {
      const { headers } = await get(path, { 'accept-encoding': coding });
      expect(headers['content-encoding']).toBeUndefined();
    },
  );

  it('is sent in parts as it is, and not at all to who has it', async () => {
    const plain = await get(path, {});
    const part = await get(path, { 'accept-encoding': 'gzip', range: 'bytes=10-1500' });
    expect(part.body).toEqual(plain.body.subarray(10, 1501));
    const known = { 'accept-encoding': 'gzip', 'if-none-match': String(plain.headers['etag']) };
    expect((await get(path, known)).body.length).toBe(0);
  });
});

it('sends files as they are', async () => {
  const { headers, body } = await get('/toy/files/lamp-7.bin', { 'accept-encoding': 'gzip' });
  expect([headers['content-encoding'], body.toString()]).toEqual([undefined, 'bytes 7']);
});

describe('a page of another origin', () => {
  const preflight = (origin: string) =>
    fetch(`${registry.url}/api/v1/versions`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });

  it('may ask if it is one that is named', async () => {
    const allowed = (await preflight('https://pages.example')).headers;
    expect(allowed.get('access-control-allow-origin')).toBe('https://pages.example');
    expect(allowed.get('access-control-allow-credentials')).toBeNull();
    const headers = { origin: 'https://pages.example' };
    const answered = (await registry.get('/api/v1/versions', headers)).headers;
    expect(answered.get('access-control-allow-origin')).toBe('https://pages.example');
  });

  it('may not otherwise', async () => {
    for (const origin of ['https://evil.example', 'null', 'https://pages.example.evil.example']) {
      const { headers } = await preflight(origin);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
