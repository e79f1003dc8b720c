import { createHash } from 'node:crypto';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { startOtherRegistry, toyUpstream, type OtherRegistry } from '../testing/toy-upstream';

let other: OtherRegistry;
let registry: ToyRegistry;
const errors: unknown[] = [];
let now = Date.parse('2026-01-02T03:04:05Z');

beforeAll(async () => {
  other = await startOtherRegistry();
  registry = await startToyRegistry({
    wire: { upstream: toyUpstream },
    upstreams: { toy: { api: other.url } },
    claims: { toy: ['Claimed', '@ours/*'] },
    now: () => new Date(now),
    onError: (error) => errors.push(error),
  });
}, 30_000);
afterAll(() => Promise.all([registry.close(), other.close()]));
beforeEach(() => {
  other.answers.clear();
  other.asked.length = 0;
  now += 3_600_000;
});
afterEach(() => expect(errors).toEqual([]));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const lines = () => other.asked.map(({ line }) => line);

function tell(name: string, files: Record<string, { at?: string; content: string }> = {}): void {
  const listed = Object.entries(files).map(([file, { at = `/blobs/${file}`, content }]) => ({
    ...{ name: file, at, sha256: sha256(content) },
  }));
  const body = JSON.stringify({ versions: ['1.0.0'], files: listed });
  other.answers.set(`/packages/${name}`, { body, headers: { etag: `"${sha256(body)}"` } });
  for (const [file, { content }] of Object.entries(files))
    other.answers.set(`/blobs/${file}`, { body: content });
}

describe('names of others', () => {
  it('are asked for elsewhere, and every link leads through here', async () => {
    tell('lamp', { 'lamp.bin': { content: 'light' } });
    const document = await (await registry.get('/toy/packages/lamp')).json();
    expect(document).toEqual({
      versions: ['1.0.0'],
      files: [`${registry.url}/toy/files/lamp.bin`],
    });
    const file = await registry.get('/toy/files/lamp.bin?of=lamp');
    expect([file.status, await file.text()]).toEqual([200, 'light']);
    expect(file.headers.get('content-type')).toBe('application/x-toy');
  });

  it('are not there when they are not there', async () => {
    expect((await registry.get('/toy/packages/nothing')).status).toBe(404);
    tell('torch', { 'torch.bin': { content: 'fire' } });
    expect((await registry.get('/toy/files/else.bin?of=torch')).status).toBe(404);
  });

  it('are not asked for where only their own registry can tell', async () => {
    tell('lamp2');
    expect((await registry.get('/toy/packages/lamp2?local=1')).status).toBe(404);
    expect(lines()).toEqual([]);
  });

  it('are asked for once by many at a time', async () => {
    tell('crowd', { 'crowd.bin': { content: 'all' } });
    const paths = Array.from({ length: 8 }, () => '/toy/files/crowd.bin?of=crowd');
    const got = await Promise.all(paths.map(async (path) => (await registry.get(path)).text()));
    expect(new Set(got)).toEqual(new Set(['all']));
    expect(lines()).toEqual(['GET /packages/crowd', 'GET /blobs/crowd.bin']);
  });

  it('are asked for without anything that the client sent', async () => {
    tell('quiet', { 'quiet.bin': { content: 'hush' } });
    const secret = { authorization: `Bearer ${registry.token}`, cookie: 'a=b', 'x-api-key': 'k' };
    await registry.get('/toy/packages/quiet', secret);
    await registry.get('/toy/files/quiet.bin?of=quiet', secret);
    expect(other.asked).toHaveLength(2);
    for (const { headers } of other.asked) {
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('x-api-key');
    }
  });
});

describe('our own names', () => {
  const publish = (what: string) => registry.publish(what, 'ours');

  it.each(['claimed', 'CLAIMED', '@ours/whatever', '@OURS/other'])(
    '%s is claimed, and nobody else is asked',
    async (name) => {
      tell(name.toLowerCase(), { 'x.bin': { content: 'theirs' } });
      const path = encodeURIComponent(name);
      expect((await registry.get(`/toy/packages/${path}`)).status).toBe(404);
      expect((await registry.get(`/toy/files/x.bin?of=${path}`)).status).toBe(404);
      expect(lines()).toEqual([]);
    },
  );

  it('are never mixed with versions of others', async () => {
    tell('own', { 'own-9.bin': { content: 'theirs' } });
    await publish('own/1.0.0/own-1.bin');
    expect((await registry.packageOf('OWN')).versions.map(({ version }) => version)).toEqual([
      '1.0.0',
    ]);
    expect((await registry.get('/toy/files/own-9.bin?of=own')).status).toBe(404);
    expect(lines()).toEqual([]);
  });

  it('stay ours when everything was taken back', async () => {
    tell('gone', { 'gone-9.bin': { content: 'theirs' } });
    await publish('gone/1.0.0/gone-1.bin');
    await registry.change('gone', [{ kind: 'remove', version: '1.0.0' }]);
    expect((await registry.get('/toy/packages/gone')).status).toBe(404);
    expect((await registry.get('/toy/files/gone-9.bin?of=gone')).status).toBe(404);
    expect(lines()).toEqual([]);
  });
});

describe('a file that does not say of which package it is', () => {
  it('is looked for in all that it may be of', async () => {
    tell('a-b', { 'a-b-1.bin': { content: 'found' } });
    expect(await (await registry.get('/toy/files/a-b-1.bin')).text()).toBe('found');
  });

  it.each([
    ['spells thousands of them', `a${'-1'.repeat(3000)}.bin`],
    ['spells more than a handful', 'a-1-1-1-1-1.bin'],
    ['has a name that no file has', `a-${'b'.repeat(300)}.bin`],
    ['may be of ours', 'also-own-9.bin'],
  ])('is not asked for where it %s', async (_, filename) => {
    await registry.publish('also/1.0.0/also-1.bin', 'ours');
    expect((await registry.get(`/toy/files/${filename}`)).status).toBe(404);
    expect(lines()).toEqual([]);
  });
});

describe('what is kept', () => {
  it('is asked for again after a while, by its entity tag, and an outage then is none of "as before"', async () => {
    tell('aging');
    const get = () => registry.get('/toy/packages/aging');
    await get();
    await get();
    expect(other.asked).toHaveLength(1);
    now += 60_000;
    expect((await get()).status).toBe(200);
    expect(other.asked[1]?.headers['if-none-match']).toBe(
      other.answers.get('/packages/aging')?.headers?.['etag'],
    );
    now += 60_000;
    other.answers.set('/packages/aging', { status: 503 });
    expect((await get()).status).toBe(502);
    other.answers.delete('/packages/aging');
    expect((await get()).status).toBe(404);
  });

  it('is the bytes of files, for as long as they are named', async () => {
    tell('solid', { 'solid.bin': { content: 'rock' } });
    const get = async () => (await registry.get('/toy/files/solid.bin?of=solid')).text();
    expect(await get()).toBe('rock');
    other.answers.delete('/blobs/solid.bin');
    now += 60_000;
    expect(await get()).toBe('rock');
  });
});

describe('an upstream that fails is a bad gateway, in the words of the ecosystem (FORGE-R014)', () => {
  const big = 'x'.repeat(1000);
  it.each([
    ['503', { status: 503 }, 'answers 503'],
    ['401', { status: 401 }, 'answers 401'],
    ['a cut connection', { status: 0 }, 'does not answer'],
    ['a redirect of a document', { status: 302, headers: { location: '/x' } }, 'redirects GET'],
    ['what is no document', { body: '<html>' }, 'no JSON'],
  ])('%s for a document', async (_, answer, words) => {
    other.answers.set('/packages/broken', answer);
    const response = await registry.get('/toy/packages/broken');
    const { kind, message } = (await response.json()) as { kind: string; message: string };
    expect([response.status, response.statusText, kind]).toEqual([
      502,
      'Toy unreachable',
      'unreachable',
    ]);
    expect(message).toContain(words);
    expect(message).toContain('FORGE-R014');
    expect((await registry.get('/toy/files/broken.bin?of=broken')).status).toBe(502);
  });

  it.each([
    ['other bytes', { body: 'forged' }, 'another file'],
    ['404', { status: 404 }, 'answers 404'],
    ['a redirect in circles', { status: 302, headers: { location: '/blobs/b.bin' } }, 'redirects'],
    ['a redirect to no web', { status: 302, headers: { location: 'file:///etc/x' } }, 'redirects'],
    ['a cut file', { body: big, headers: { 'content-length': '2000' } }, 'does not answer'],
  ])('%s for a file', async (_, answer, words) => {
    tell('bulb', { 'b.bin': { content: 'honest' } });
    now += 60_000;
    other.answers.set('/blobs/b.bin', answer);
    // What is cut short leaves the connection open.
    const cut = setTimeout(() => void other.cut(), 300);
    const response = await registry.get('/toy/files/b.bin?of=bulb');
    clearTimeout(cut);
    expect(response.status).toBe(502);
    expect(((await response.json()) as { message: string }).message).toContain(words);
  });

  it('a redirect of a file is followed', async () => {
    tell('moved', { 'moved.bin': { content: 'there' } });
    other.answers.set('/blobs/moved.bin', { status: 302, headers: { location: '/else' } });
    other.answers.set('/else', { body: 'there' });
    expect(await (await registry.get('/toy/files/moved.bin?of=moved')).text()).toBe('there');
  });
});

it('is off unless it is asked for, and refused where the protocol cannot', async () => {
  const quiet = await startToyRegistry({ wire: { upstream: toyUpstream } });
  tell('lamp');
  expect((await quiet.get('/toy/packages/lamp')).status).toBe(404);
  expect(lines()).toEqual([]);
  await quiet.close();
  for (const upstreams of [{ toy: {} }, { nobody: {} }])
    await expect(startToyRegistry({ upstreams })).rejects.toMatchObject({ code: 'FORGE-C001' });
});
