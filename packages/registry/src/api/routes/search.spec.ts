import { apiOf } from '../../testing/api';
import { startToyRegistry, type ToyRegistry } from '../../testing/client';
import { describeEachServer } from '../../testing/each-server';
import { toyFile } from '../../testing/toy-contents';

let registry: ToyRegistry;
let ask: ReturnType<typeof apiOf>;

/** Name, summary and keywords. */
const packages: readonly (readonly [string, string, readonly string[]])[] = [
  ['tool', 'The thing itself', []],
  ['tool-box', 'Where things are kept', ['case']],
  ['box', 'A box for each tool', []],
  ['case', 'Something to carry', ['tool']],
  ['stool', 'To sit on', []],
  ['plain', 'Nothing of the kind', []],
];

describeEachServer((empty) => {
  beforeAll(async () => {
    registry = await startToyRegistry(await empty());
    ask = apiOf(registry);
    for (const [name, summary, keywords] of packages) {
      const file = toyFile({ name, version: '1.0', summary, keywords, categories: ['Wood Work'] });
      await registry.publish(`${name}/1.0/${name}.bin`, file.toString());
    }
  }, 60_000);
  afterAll(() => registry.close());

  async function names(query: string): Promise<readonly string[]> {
    const { body } = await ask(null, 'GET', `/search?${query}`);
    return (body as { packages: { name: string }[] }).packages.map(({ name }) => name);
  }

  it('ranks the name itself, its beginning, words, keywords, and names that hold it', async () => {
    expect(await names('q=tool')).toEqual(['tool', 'tool-box', 'box', 'case', 'stool']);
    expect(await names('q=TOOL')).toEqual(['tool', 'tool-box', 'box', 'case', 'stool']);
  });

  it('finds words in other forms', async () => {
    expect(await names('q=carrying')).toEqual(['case']);
    expect(await names('q=thing+kept')).toEqual(['tool-box']);
  });

  it('gives pages', async () => {
    expect(await names('q=tool&limit=2')).toEqual(['tool', 'tool-box']);
    expect(await names('q=tool&limit=2&page=3')).toEqual(['stool']);
    expect(await ask(null, 'GET', '/search?q=tool&limit=2')).toMatchObject({
      body: { total: 5, page: 1, packages: [{ version: '1.0', summary: 'The thing itself' }, {}] },
    });
  });

  it('finds everything without a text, and nothing in another ecosystem', async () => {
    expect(await names('')).toHaveLength(packages.length);
    expect(await names('q=tool&ecosystem=other')).toEqual([]);
  });

  it.each(['%25', '_', '%5C', "'", '"', '-', '!&|', '(((', 'a'.repeat(200)])(
    'takes %s for what it is',
    async (q) => {
      expect((await ask(null, 'GET', `/search?q=${q}`)).status).toBe(200);
      expect(await names(`q=${q}`)).toEqual(q === '-' ? ['tool-box'] : []);
    },
  );

  it.each(['q=a%00b', 'limit=0', 'limit=101', 'page=0', 'page=x', `q=${'a'.repeat(201)}`])(
    'refuses %s',
    async (query) => {
      expect(await ask(null, 'GET', `/search?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'FORGE-R001' },
      });
    },
  );

  it('lists what belongs to a category, or has it as a keyword', async () => {
    const inCategory = async (category: string) =>
      (await ask(null, 'GET', `/packages/categories/${category}`)).body;
    expect(await inCategory('wood%20work')).toMatchObject({ total: packages.length });
    expect(await inCategory('case')).toMatchObject({ packages: [{ name: 'tool-box' }], total: 1 });
  });

  it('looks at what the highest version says, not at a fix of an old one', async () => {
    for (const [version, summary] of [
      ['2.0', 'Brand new'],
      ['1.1', 'Old fashioned'],
    ] as const) {
      const file = toyFile({ name: 'stool', version, summary });
      await registry.publish(`stool/${version}/stool-${version}.bin`, file.toString());
    }
    expect(await names('q=brand')).toEqual(['stool']);
    expect(await names('q=fashioned')).toEqual([]);
  });

  it('looks at what the highest version says that is left', async () => {
    const publish = async (version: string, summary: string) => {
      const file = toyFile({ name: 'bench', version, summary, keywords: [`of-${summary}`] });
      await registry.publish(`bench/${version}/bench-${version}.bin`, file.toString());
    };
    const found = async () => {
      const summaries = ['oaken', 'birchen', 'elmen', 'ashen'];
      const hits = await Promise.all(summaries.map((q) => names(`q=of-${q}`)));
      return summaries.filter((_, at) => hits[at]?.length === 1);
    };
    const yank = (method: string, version: string) =>
      ask(registry.token, method, `/packages/toy/bench/${version}/yank`);
    await publish('1.0', 'oaken');
    await publish('2.0', 'birchen');
    await publish('3.0', 'elmen');
    expect(await found()).toEqual(['elmen']);
    await yank('PUT', '3.0');
    expect(await found()).toEqual(['birchen']);
    await ask(registry.token, 'DELETE', '/packages/toy/bench/2.0/files');
    expect(await found()).toEqual(['oaken']);
    await publish('1.1', 'ashen');
    expect(await found()).toEqual(['ashen']);
    await yank('PUT', '1.1');
    await yank('PUT', '1.0');
    // All are withdrawn, and can be had.
    expect(await found()).toEqual(['elmen']);
    await yank('DELETE', '1.0');
    expect(await found()).toEqual(['oaken']);
  });

  it('does not find what was taken back', async () => {
    await ask(registry.token, 'DELETE', '/packages/toy/plain/1.0/files');
    expect(await names('q=plain')).toEqual([]);
  });
});
