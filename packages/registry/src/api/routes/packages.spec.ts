import { createHash } from 'node:crypto';
import { apiOf } from '../../testing/api';
import { startToyRegistry, type ToyRegistry } from '../../testing/client';
import { describeEachServer } from '../../testing/each-server';
import { toyFile } from '../../testing/toy-contents';

const alice = 'token_of_alice_0123456789';
const bob = 'token_of_bob_0123456789';

let registry: ToyRegistry;
let ask: ReturnType<typeof apiOf>;
let now = new Date('2026-01-01T00:00:00Z');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const lamp = toyFile({
  name: '@home/lamp',
  version: '1.0',
  summary: 'Gives light to whoever reads',
  keywords: ['Bright'],
  categories: ['Furniture'],
  dependencies: [
    { name: 'bulb', requirement: '2', kind: 'runtime' },
    { name: 'test', requirement: '', kind: 'dev' },
  ],
});

describeEachServer((empty) => {
  beforeAll(async () => {
    now = new Date('2026-01-01T00:00:00Z');
    registry = await startToyRegistry({
      ...(await empty()),
      users: { alice, bob },
      now: () => now,
    });
    ask = apiOf(registry);
    const as = { authorization: alice };
    await registry.publish('@home%2flamp/1.0/lamp-1.bin', lamp.toString(), as);
    await registry.publish('@home%2flamp/0.9/lamp-0.bin', 'old', as);
    await registry.publish('bulb/2.0/bulb.bin', 'x', as);
  }, 60_000);
  afterAll(() => registry.close());

  const at = (rest: string) => `/packages/toy/${rest}`;

  describe('a package', () => {
    it('is shown with its versions, whatever way it is spelled', async () => {
      const { status, body } = await ask(null, 'GET', at('@HOME%2Flamp'));
      expect(status).toBe(200);
      expect(body).toMatchObject({
        ecosystem: 'toy',
        name: '@home/lamp',
        latest: '1.0',
        owners: ['alice'],
        description: { summary: 'Gives light to whoever reads' },
        versions: [
          { version: '1.0', yanked: false, files: [{ sha256: sha256(lamp), size: lamp.length }] },
          { version: '0.9' },
        ],
      });
    });

    it.each(['absent', 'lamp', '@home%2flamp/9.9', '@home%2flamp/9.9/download', 'absent/stats'])(
      'is not found: %s',
      async (path) => {
        expect(await ask(null, 'GET', at(path))).toMatchObject({
          status: 404,
          body: { code: 'FORGE-R010', message: expect.stringContaining('`') },
        });
      },
    );

    it('shows each version with what it says of itself', async () => {
      expect(await ask(null, 'GET', at('@home%2flamp/1'))).toMatchObject({
        status: 200,
        body: {
          name: '@home/lamp',
          version: '1.0',
          publishedAt: '2026-01-01T00:00:00.000Z',
          manifest: { dependencies: [{ name: 'bulb', requirement: '2', kind: 'runtime' }, {}] },
        },
      });
    });

    it('is no word that stands for something else', async () => {
      expect(await ask(null, 'GET', '/packages/trending')).toMatchObject({ body: { page: 1 } });
      expect(await ask(null, 'GET', '/packages/categories/x')).toMatchObject({
        body: { total: 0 },
      });
      expect((await ask(null, 'GET', at('trending'))).status).toBe(404);
      await registry.publish('trending/1.0/trending.bin', 'x', { authorization: alice });
      expect(await ask(null, 'GET', at('trending'))).toMatchObject({ body: { name: 'trending' } });
      expect(await ask(null, 'GET', at('trending/stats'))).toMatchObject({ body: { versions: 1 } });
    });

    it('has a long name', async () => {
      const name = 'a'.repeat(200);
      await registry.publish(`${name}/1.0/long.bin`, 'x', { authorization: alice });
      expect(await ask(null, 'GET', at(name))).toMatchObject({ body: { name } });
    });
  });

  describe('a download', () => {
    it('has the digest, and works for a withdrawn version, too', async () => {
      await ask(alice, 'PUT', at('@home%2flamp/0.9/yank'), { reason: 'dim' });
      const response = await registry.get(`/api/v1${at('@home%2flamp/0.9/download')}`);
      expect(await response.text()).toBe('old');
      const base64 = createHash('sha256').update('old').digest('base64');
      expect(response.headers.get('repr-digest')).toBe(`sha-256=:${base64}:`);
      expect(response.headers.get('content-disposition')).toContain('lamp-0.bin');
      const other = await registry.get(`/api/v1${at('@home%2flamp/0.9/download?filename=no')}`);
      expect(other.status).toBe(404);
    });

    it('is counted, by whatever protocol, and so are dependents', async () => {
      const stats = async (name: string) => (await ask(null, 'GET', at(`${name}/stats`))).body;
      const before = (await stats('bulb')) as { downloads: { total: number } };
      await registry.get('/toy/files/bulb.bin');
      await registry.get(`/api/v1${at('bulb/2.0/download')}`);
      for (const path of ['/toy/files/bulb.bin', `/api/v1${at('bulb/2.0/download')}`])
        await fetch(`${registry.url}${path}`, { method: 'HEAD' });
      const total = before.downloads.total + 2;
      expect(await stats('bulb')).toEqual({
        downloads: { total, week: total, month: total, year: total },
        versions: 1,
        dependents: 1,
      });
      expect(await stats('test')).toMatchObject({ code: 'FORGE-R010' });
      now = new Date('2026-01-20T00:00:00Z');
      expect(await stats('bulb')).toMatchObject({ downloads: { total, week: 0, month: total } });
      expect(await ask(null, 'GET', '/packages/trending?days=7')).toMatchObject({
        body: { packages: [] },
      });
      expect(await ask(null, 'GET', '/packages/trending?days=30')).toMatchObject({
        body: { packages: [{ name: 'bulb', version: '2.0' }, {}], total: 2 },
      });
    });

    it('adds to the totals', async () => {
      expect(await ask(null, 'GET', '/stats')).toMatchObject({
        status: 200,
        body: { packages: 4, versions: 5, ecosystems: { toy: { packages: 4 } } },
      });
    });

    it('goes on where it was cut off, and is not sent to who has it', async () => {
      const path = `/api/v1${at('@home%2flamp/0.9/download')}`;
      const part = await registry.get(path, { range: 'bytes=1-' });
      expect([part.status, await part.text()]).toEqual([206, 'ld']);
      const again = { 'if-none-match': part.headers.get('etag') ?? '' };
      expect((await registry.get(path, again)).status).toBe(304);
      const head = await fetch(`${registry.url}${path}`, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, '3']);
    });
  });

  describe('a single file', () => {
    const file = toyFile({ name: 'chair', version: '1.0', summary: 'To sit on' });
    const publish = (token: string | null, query: string, bytes = file) =>
      ask(token, 'POST', at(`chair/publish?filename=chair.bin${query}`), bytes);

    it('is published as its tool would have, once', async () => {
      expect((await publish(null, '')).status).toBe(401);
      expect(await publish(alice, `&sha256=${sha256(file)}`)).toMatchObject({
        status: 201,
        body: { name: 'chair', version: '1.0', manifest: { summary: 'To sit on' } },
      });
      expect((await publish(alice, '')).status).toBe(200);
      const other = toyFile({ name: 'chair', version: '1.0', summary: 'Other' });
      expect(await publish(alice, '', other)).toMatchObject({
        status: 409,
        body: { code: 'FORGE-R006' },
      });
      expect(await publish(bob, '', other)).toMatchObject({
        status: 403,
        body: { code: 'FORGE-R009' },
      });
    });

    it.each([
      ['other bytes than announced', `&sha256=${'0'.repeat(64)}`, file, 400, 'FORGE-R004'],
      ['a digest that is none', '&sha256=x', file, 400, 'FORGE-R001'],
      ['another package', '', toyFile({ name: 'stool', version: '1.0' }), 400, 'FORGE-R001'],
      ['no package', '', Buffer.from('text'), 400, 'FORGE-R001'],
      ['too many bytes', '', Buffer.alloc(1001), 413, 'FORGE-R007'],
    ])('is refused: %s', async (_, query, bytes, status, code) => {
      expect(await publish(alice, query, bytes)).toMatchObject({ status, body: { code } });
    });
  });
});
