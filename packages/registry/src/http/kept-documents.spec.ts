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
      { request: { ...request('/a'), query: { page: '2' } }, context: context() },
      { request: request('/a'), context: context('http://there.example/toy') },
      { request: request('/a'), context: context(undefined, 'ann') },
    ];
    for (const [at, each] of [...asked.entries(), ...asked.entries()]) {
      const { body } = await documents.of(each, 'source', render(String(at)));
      expect(body.toString()).toBe(String(at));
    }
    expect(rendered).toBe(asked.length);
  });

  it('are not kept where there are none', async () => {
    const documents = keepDocuments();
    const asked = { request: request('/a'), context: context() };
    await documents.of(asked, 'source', render('nothing here', 404));
    await documents.of(asked, 'source', render('nothing here', 404));
    expect(rendered).toBe(2);
  });
});
