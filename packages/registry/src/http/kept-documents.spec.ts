import type { WireContext, WireRequest } from '@forge/ecosystems';
import { keepDocuments } from './kept-documents';

const context = (baseUrl = 'http://here.example/toy', user?: string): WireContext =>
  ({ baseUrl, readsNeedToken: false, ...(user === undefined ? {} : { user }) }) as WireContext;
const request = (path: string, accept?: string): WireRequest => ({
  method: 'GET',
  path,
  params: {},
  query: {},
  headers: accept === undefined ? {} : { accept },
  body: new Uint8Array(),
});

describe('kept documents', () => {
  let rendered = 0;
  const render = (body: string, status = 200) => {
    return () => {
      rendered += 1;
      return { status, body };
    };
  };
  beforeEach(() => (rendered = 0));

  it('are rendered again for another source only', async () => {
    const documents = keepDocuments();
    const asked = { request: request('/a'), context: context() };
    const [one, other] = [{}, {}];
    for (const source of [one, one, other, other]) {
      const { body } = await documents.of(asked, source, render(source === one ? '1' : '2'));
      expect(body.toString()).toBe(source === one ? '1' : '2');
    }
    expect(rendered).toBe(2);
  });

  it('are others for another address, form, host or user', async () => {
    const documents = keepDocuments();
    const asked = [
      { request: request('/a'), context: context() },
      { request: request('/b'), context: context() },
      { request: request('/a', 'application/json'), context: context() },
      { request: request('/a'), context: context('http://there.example/toy') },
      { request: request('/a'), context: context(undefined, 'ann') },
    ];
    for (const [at, each] of [...asked.entries(), ...asked.entries()]) {
      const { body } = await documents.of(each, 'source', render(String(at)));
      expect(body.toString()).toBe(String(at));
    }
    expect(rendered).toBe(asked.length);
  });

  it('are the same whatever else a client adds, and are made without it', async () => {
    const documents = keepDocuments();
    const plain = request('/a', 'text/html');
    const added = { query: { n: '1' }, headers: { ...plain.headers, 'x-more': '1' } };
    for (const each of [{ ...plain, ...added }, plain]) {
      const asked = { request: each, context: context() };
      await documents.of(asked, 'source', ({ request: { query, headers } }) => {
        rendered += 1;
        return { status: 200, body: JSON.stringify([query, headers]) };
      });
    }
    const asked = { request: plain, context: context() };
    const { body } = await documents.of(asked, 'source', render('another'));
    expect([rendered, body.toString()]).toEqual([1, '[{},{"accept":"text/html"}]']);
  });

  it('are made once for all who ask meanwhile', async () => {
    const documents = keepDocuments();
    const asked = { request: request('/a'), context: context() };
    const all = ['1', '1', '2'].map((source) => documents.of(asked, source, render(source)));
    const bodies = (await Promise.all(all)).map(({ body }) => body.toString());
    expect([rendered, bodies]).toEqual([2, ['1', '1', '2']]);
  });

  it('do not hold more than their limit by what clients wrote to ask for them', async () => {
    const documents = keepDocuments(100_000);
    const asked = (n: number) => {
      const accept = `${n}${'x'.repeat(10_000)}`;
      return { request: request('/a', accept), context: context() };
    };
    const ask = (n: number) => documents.of(asked(n), 'source', render('small'));
    for (let n = 0; n < 10; n += 1) await ask(n);
    rendered = 0;
    await ask(9);
    expect(rendered).toBe(0);
    await ask(0);
    expect(rendered).toBe(1);
  });

  it('keep nothing of a text but its bytes', async () => {
    const asked = { request: request('/a'), context: context() };
    const { response, body } = await keepDocuments().of(asked, 'source', render('text'));
    expect(response.body).toBe(body);
  });

  it('are not kept where there are none', async () => {
    const documents = keepDocuments();
    const asked = { request: request('/a'), context: context() };
    await documents.of(asked, 'source', render('nothing here', 404));
    await documents.of(asked, 'source', render('nothing here', 404));
    expect(rendered).toBe(2);
  });
});
