import { createHash } from 'node:crypto';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { startOtherRegistry, toyUpstream, type OtherRegistry } from '../testing/toy-upstream';

/** Where clients look into a list before they ask for a package, and files say no name but their own. */
let other: OtherRegistry;
let registry: ToyRegistry;
const { listing } = toyUpstream;
if (!listing) throw new Error('the toy has no list');
let now = Date.parse('2026-01-02T03:04:05Z');
beforeAll(async () => {
  other = await startOtherRegistry();
  registry = await startToyRegistry({
    wire: { upstream: toyUpstream },
    upstreams: { toy: { api: other.url } },
    claims: { toy: ['Claimed', 'ours-*'] },
    now: () => new Date(now),
  });
  await registry.publish('held/1.0.0/held-1.bin', 'ours');
  await registry.publish('gone/1.0.0/gone-1.bin', 'ours');
  await registry.change('gone', [{ kind: 'remove', version: '1.0.0' }]);
}, 30_000);
afterAll(() => Promise.all([registry.close(), other.close()]));
beforeEach(() => {
  other.answers.clear();
  other.asked.length = 0;
  now += 3_600_000;
});

const tellFile = (name: string, filename: string, content: string) => {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const files = [{ name: filename, at: `/blobs/${filename}`, sha256 }];
  other.answers.set(`/packages/${name}`, { body: JSON.stringify({ versions: [], files }) });
  other.answers.set(`/blobs/${filename}`, { body: content });
};

describe('a list of all packages', () => {
  const list = async () => (await registry.get('/toy/index/')).text();

  it('is theirs beside ours, without what they have under names of ours', async () => {
    other.answers.set('/index', { body: 'lamp\nHELD\ngone\nclaimed\nours-x\noursx\n' });
    expect(await list()).toBe('held\nlamp\noursx\n');
  });

  it('is asked for again after a while, by its entity tag', async () => {
    other.answers.set('/index', { body: 'lamp\n', headers: { etag: '"1"' } });
    expect([await list(), await list()]).toEqual(['held\nlamp\n', 'held\nlamp\n']);
    now += 60_000;
    expect(await list()).toBe('held\nlamp\n');
    expect(other.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"']);
  });

  it('is put together again only where theirs or ours has become another one', async () => {
    other.answers.set('/index', { body: 'lamp\nnewer\n', headers: { etag: '"a"' } });
    const merge = jest.spyOn(listing, 'merge');
    const counts: number[] = [];
    const ask = async (wanted: string) => {
      expect(await list()).toBe(wanted);
      counts.push(merge.mock.calls.length);
    };
    await ask('held\nlamp\nnewer\n');
    now += 60_000;
    await ask('held\nlamp\nnewer\n');
    await registry.publish('newer/1.0.0/newer-1.bin', 'ours');
    await ask('held\nnewer\nlamp\n');
    other.answers.set('/index', { body: 'oil\n', headers: { etag: '"b"' } });
    now += 60_000;
    await ask('held\nnewer\noil\n');
    await registry.change('newer', [{ kind: 'remove', version: '1.0.0' }]);
    await ask('held\noil\n');
    merge.mockRestore();
    expect(counts).toEqual([1, 1, 2, 3, 4]);
  });

  it.each([
    ['does not come', { status: 503 }],
    ['is not there', { status: 404 }],
    ['is none', { body: '' }],
  ])(
    'that %s is a bad gateway: without it, what is there would seem not to be',
    async (_, answer) => {
      other.answers.set('/index', answer);
      const response = await registry.get('/toy/index/');
      expect([response.status, await response.text()]).toEqual([
        502,
        expect.stringContaining('FORGE-R014'),
      ]);
    },
  );

  it('is ours alone where nobody else is to be asked', async () => {
    expect(await (await registry.get('/toy/index/?local=1')).text()).toBe('held\n');
    expect(other.asked).toEqual([]);
  });
});

describe('a file that says nothing but its name', () => {
  const get = (filename: string) => registry.get(`/toy/files/${filename}`);

  it('is looked for in every package that it may be of', async () => {
    tellFile('lamp-oil', 'lamp-oil-1.bin', 'light');
    expect(await (await get('lamp-oil-1.bin')).text()).toBe('light');
  });

  it('is not asked for where one of them is ours', async () => {
    tellFile('lamp', 'lamp-held-1.bin', 'fine');
    expect((await get('lamp-held-1.bin')).status).toBe(200);
    other.asked.length = 0;
    for (const filename of ['held-2.bin', 'gone-1.bin', 'claimed-1-2.bin', 'ours-x-1.bin']) {
      for (const name of ['held', 'gone', 'claimed', 'claimed-1', 'ours', 'ours-x'])
        tellFile(name, filename, 'theirs');
      expect((await get(filename)).status).toBe(404);
    }
    expect(other.asked).toEqual([]);
  });
});
