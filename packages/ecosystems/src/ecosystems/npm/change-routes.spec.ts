import { createWireServer } from '../../testing';
import { npm } from '.';
import { packTarball, publishBody } from './testing/tarball';

type Document = Record<string, unknown> & {
  readonly _rev: string;
  readonly versions: Record<string, Record<string, unknown>>;
  readonly 'dist-tags': Record<string, string>;
  readonly maintainers: readonly { readonly name: string }[];
};

const name = '@acme/demo';

function server() {
  const wire = createWireServer(npm, 'http://127.0.0.1:4999');
  const send = (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
    const url = `${wire.baseUrl}${path}`;
    const answer = wire.send({ method, url, body: JSON.stringify(body ?? null) });
    return {
      status: answer.status,
      json: JSON.parse(Buffer.from(answer.body).toString()) as Document,
    };
  };
  for (const version of ['1.0.0', '1.1.0']) {
    const tarball = packTarball({ 'package.json': JSON.stringify({ name, version }) });
    send('PUT', '/@acme%2fdemo', publishBody({ name, version }, tarball));
  }
  return { send, read: () => send('GET', '/@acme%2fdemo').json };
}

const deprecated = ({ versions }: Document): unknown[] =>
  Object.values(versions).map((each) => each['deprecated']);

it('a version is deprecated by the document that is put back, and by an empty text no more', () => {
  const { send, read } = server();
  const document = read();
  Object.assign(document.versions['1.1.0'] ?? {}, { deprecated: 'it leaks' });
  expect(send('PUT', '/@acme%2fdemo', document).status).toBe(200);
  expect(deprecated(read())).toEqual([undefined, 'it leaks']);
  expect(read()._rev).not.toBe(document._rev);
  const { versions } = read();
  Object.assign(versions['1.1.0'] ?? {}, { deprecated: '' });
  send('PUT', '/@acme/demo', { versions });
  expect(deprecated(read())).toEqual([undefined, undefined]);
});

it('a document that is older than a version leaves the version alone', () => {
  const { send, read } = server();
  send('PUT', '/@acme%2fdemo', { versions: { '1.0.0': { deprecated: 'old' }, '9.0.0': {} } });
  expect(deprecated(read())).toEqual(['old', undefined]);
});

it('tags are set and deleted, but for `latest`', () => {
  const { send, read } = server();
  const path = '/-/package/@acme%2fdemo/dist-tags';
  expect(send('PUT', `${path}/next`, '1.0.0').status).toBe(200);
  expect(read()['dist-tags']).toEqual({ latest: '1.1.0', next: '1.0.0' });
  expect(send('DELETE', `${path}/next`).status).toBe(200);
  expect(send('DELETE', `${path}/latest`).status).toBe(400);
  for (const [tag, body] of [
    ['1.x', '1.0.0'],
    ['v1', '1.0.0'],
    ['t'.repeat(215), '1.0.0'],
    ['next', { version: '1.0.0' }],
  ] as const)
    expect(send('PUT', `${path}/${tag}`, body).status).toBe(400);
  expect(read()['dist-tags']).toEqual({ latest: '1.1.0' });
});

it('a revision that is not the last is refused: nothing that came meanwhile is lost', () => {
  const { send, read } = server();
  const { _rev: revision, versions } = read();
  send('PUT', '/-/package/@acme%2fdemo/dist-tags/next', '1.0.0');
  const { '1.1.0': _, ...kept } = versions;
  expect(send('PUT', `/@acme%2fdemo/-rev/${revision}`, { versions: kept }).status).toBe(400);
  expect(send('DELETE', `/@acme%2fdemo/-rev/${revision}`).status).toBe(400);
  expect(Object.keys(read().versions)).toEqual(['1.0.0', '1.1.0']);
});

it('versions that the replacing document leaves out are taken back, with their tags', () => {
  const { send, read } = server();
  const { _rev: revision, versions } = read();
  const { '1.1.0': _, ...kept } = versions;
  const document = { versions: kept, 'dist-tags': { latest: '1.0.0' } };
  expect(send('PUT', `/@acme%2fdemo/-rev/${revision}`, document).status).toBe(200);
  expect(Object.keys(read().versions)).toEqual(['1.0.0']);
  expect(read()['dist-tags']).toEqual({ latest: '1.0.0' });
  const file = `/@acme/demo/-/demo-1.1.0.tgz/-rev/${read()._rev}`;
  expect(send('DELETE', file).status).toBe(200);
});

it('maintainers alone are replaced where nothing else is said', () => {
  const { send, read } = server();
  const { _rev: revision, _id, maintainers } = read();
  expect(maintainers).toEqual([{ name: 'tester', email: 'tester@localhost' }]);
  const document = { _id, _rev: revision, maintainers: [{ name: 'ada' }] };
  expect(send('PUT', `/@acme%2fdemo/-rev/${revision}`, document).status).toBe(200);
  expect(read().maintainers.map((each) => each.name)).toEqual(['ada']);
  expect(Object.keys(read().versions)).toEqual(['1.0.0', '1.1.0']);
});

it('users are known or not', () => {
  const { send } = server();
  expect(send('GET', '/-/user/org.couchdb.user:tester').json).toMatchObject({ name: 'tester' });
  expect(send('GET', '/-/user/org.couchdb.user:nobody').status).toBe(404);
});

it.each([null, [], 'text'])('%j is no document', (body) => {
  const { send, read } = server();
  expect(send('PUT', '/@acme%2fdemo', body).status).toBe(400);
  expect(send('PUT', `/@acme%2fdemo/-rev/${read()._rev}`, body).status).toBe(400);
});
