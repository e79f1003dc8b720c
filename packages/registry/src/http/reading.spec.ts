import { request, type IncomingMessage } from 'node:http';
import { startToyRegistry, type ToyRegistry } from '../testing/client';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry();
  await registry.publish('alpha/1.0.0/alpha.bin', '0123456789');
  await registry.publish('@scope%2fname/1.0.0/name.bin', 'scoped');
  await registry.publish('@other%2fname/1.0.0/name.bin', 'other');
}, 30_000);
afterAll(() => registry.close());

/** The path goes out as it is; fetch would normalise it. */
function raw(path: string, method = 'GET', headers: Record<string, string> = {}) {
  return new Promise<{ head: IncomingMessage; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(registry.url);
    const sent = request({ hostname, port, path, method, headers }, (head) => {
      const chunks: Buffer[] = [];
      head.on('data', (chunk: Buffer) => chunks.push(chunk));
      head.on('end', () => resolve({ head, body: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('paths', () => {
  it.each([
    '/toy/packages/@scope%2fname',
    '/toy/packages/@scope%2Fname',
    '/toy/packages/@scope/name',
  ])('%s reaches the same package', async (path) => {
    const { head, body } = await raw(path);
    expect([head.statusCode, JSON.parse(body).name]).toEqual([200, '@scope/name']);
  });

  it('decodes once', async () => {
    expect((await raw('/toy/packages/@scope%252fname')).head.statusCode).toBe(404);
  });

  it('answers a malformed escape and an unknown path in the words of the ecosystem', async () => {
    expect((await raw('/toy/packages/%zz')).head.statusCode).toBe(400);
    const { head, body } = await raw('/toy/nowhere');
    expect([head.statusCode, head.statusMessage]).toEqual([404, 'Toy not-found']);
    expect(JSON.parse(body).kind).toBe('not-found');
  });

  it('tells `/index/` and `/index` apart, as the patterns do', async () => {
    expect((await raw('/toy/index/')).body).toBe('@other/name\n@scope/name\nalpha\n');
    expect((await raw('/toy/index')).head.statusCode).toBe(404);
  });

  it('finds a filename of two packages by the package', async () => {
    expect((await raw('/toy/files/name.bin?of=@other/name')).body).toBe('other');
    expect((await raw('/toy/files/name.bin?of=@scope/name')).body).toBe('scoped');
    expect((await raw('/toy/files/name.bin?of=alpha')).head.statusCode).toBe(404);
  });

  it('tells the wire the address that the client used', async () => {
    const { body } = await raw('/toy/config', 'GET', { host: 'registry.test:81' });
    expect(JSON.parse(body)).toEqual({ baseUrl: 'http://registry.test:81/toy' });
  });

  it('answers a read that offers h2c, as cargo does', async () => {
    const headers = {
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'AAM',
    };
    expect((await raw('/toy/config', 'GET', headers)).head.statusCode).toBe(200);
  });
});

describe.each([
  ['a file', '/toy/files/alpha.bin', '0123456789'],
  ['a document', '/toy/index/', '@other/name\n@scope/name\nalpha\n'],
])('%s', (_, path, whole) => {
  it('has an entity tag, and is not sent again to whoever has it', async () => {
    const { head, body } = await raw(path);
    expect([head.statusCode, body, head.headers['accept-ranges']]).toEqual([200, whole, 'bytes']);
    const etag = head.headers.etag ?? '';
    const again = await raw(path, 'GET', { 'if-none-match': etag });
    expect([again.head.statusCode, again.body, again.head.headers.etag]).toEqual([304, '', etag]);
    expect((await raw(path, 'GET', { 'if-none-match': '"old"' })).head.statusCode).toBe(200);
  });

  it.each([
    ['bytes=2-5', 2, 6],
    ['bytes=7-', 7, undefined],
    ['bytes=-3', -3, undefined],
    ['bytes=0-1000', 0, undefined],
  ])('is sent in part for `Range: %s`', async (range, start, end) => {
    const { head, body } = await raw(path, 'GET', { range });
    expect([head.statusCode, body]).toEqual([206, whole.slice(start, end)]);
    const first = start < 0 ? whole.length + start : start;
    const last = first + body.length - 1;
    expect(head.headers['content-range']).toBe(`bytes ${first}-${last}/${whole.length}`);
  });

  it('is sent whole where a range means nothing, and refused beyond the end', async () => {
    for (const range of ['lines=1-2', 'bytes=5-2', 'bytes=0-1,3-4']) {
      const { head, body } = await raw(path, 'GET', { range });
      expect([head.statusCode, body]).toEqual([200, whole]);
    }
    const { head } = await raw(path, 'GET', { range: 'bytes=1000-' });
    expect([head.statusCode, head.headers['content-range']]).toEqual([
      416,
      `bytes */${whole.length}`,
    ]);
    const changed = await raw(path, 'GET', { range: 'bytes=2-5', 'if-range': '"old"' });
    expect([changed.head.statusCode, changed.body]).toEqual([200, whole]);
  });

  it('answers HEAD with the headers alone', async () => {
    const { head, body } = await raw(path, 'HEAD');
    expect([head.statusCode, body]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(String(whole.length));
  });
});
