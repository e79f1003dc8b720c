import { createWireServer, tarGzOf } from '../../../testing';
import { hex } from '..';
import { decodeTerm, encodeTerm, yes, type Term } from '../erlang';
import { kit } from '../testing/kit';
import { changeRoutes } from './change-routes';

const { name, version } = kit.registry;
const { request } = kit.registry.upload('first');
const release = `/api/packages/${name}/releases/${version}`;
const owners = `/api/packages/${name}/owners`;

function server() {
  const wire = createWireServer(hex, 'http://127.0.0.1:4999');
  const accept = { accept: 'application/json' };
  const send = (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    given?: Term | Uint8Array,
  ) => {
    const body = given === undefined || given instanceof Uint8Array ? given : encodeTerm(given);
    const answer = wire.send({
      method,
      url: `${wire.baseUrl}${path}`,
      headers: accept,
      ...(body && { body }),
    });
    const text = Buffer.from(answer.body).toString();
    return { status: answer.status, text, raw: answer.body };
  };
  wire.send({ ...request, url: `${wire.baseUrl}${request.path}` });
  const retirement = (): unknown =>
    (JSON.parse(send('GET', release).text) as { readonly retirement: unknown }).retirement;
  const listed = (): readonly string[] =>
    (JSON.parse(send('GET', owners).text) as { readonly username: string }[]).map(
      ({ username }) => username,
    );
  return { send, retirement, listed };
}

const retiring = (reason: string, message: string): Term => ({
  map: [
    ['reason', reason],
    ['message', message],
  ],
});

it('a release is retired with a reason and a message, and unretired', () => {
  const { send, retirement } = server();
  expect(retirement()).toBeNull();
  expect(send('POST', `${release}/retire`, retiring('security', 'it leaks')).status).toBe(204);
  expect(retirement()).toEqual({ reason: 'security', message: 'it leaks' });
  expect(send('DELETE', `${release}/retire`).status).toBe(204);
  expect(retirement()).toBeNull();
});

it.each<[string, Term | undefined, string]>([
  ['no body', undefined, 'reason'],
  ['a reason that is none', retiring('boredom', ''), 'reason'],
  ['a message that is too long', retiring('other', 'x'.repeat(141)), 'message'],
])('a retirement with %s is refused, and says which field', (_, body, field) => {
  const { status, raw } = server().send('POST', `${release}/retire`, body);
  expect(status).toBe(422);
  const errors = decodeTerm(raw);
  expect(JSON.stringify(errors)).toContain(`[["${field}",`);
});

it('owners are listed, added, removed and replaced', () => {
  const { send, listed } = server();
  expect(listed()).toEqual(['tester']);
  const level: Term = {
    map: [['level', 'full'] as const, ['transfer', { atom: 'false' }] as const],
  };
  expect(send('PUT', `${owners}/ada`, level).status).toBe(204);
  expect(send('GET', `${owners}/ada@localhost`).status).toBe(200);
  expect(send('GET', `${owners}/nobody`).status).toBe(404);
  expect(send('DELETE', `${owners}/ada@localhost`).status).toBe(204);
  expect(listed()).toEqual(['tester']);
  send('PUT', `${owners}/grace`, { map: [['transfer', yes]] });
  expect(listed()).toEqual(['grace']);
});

it('a release is taken back for an hour, in the first day of its package at any time: FORGE-R013', () => {
  const published = (at: string, native: string) => ({
    version: native,
    metadata: null,
    files: [],
    yanked: false,
    publishedAt: `2026-01-${at}:00.000Z`,
  });
  const found = {
    name,
    tags: {},
    owners: [],
    versions: [published('01T10:00', '1.0.0'), published('03T10:00', '1.1.0')],
  };
  const route = changeRoutes('').find(
    ({ method, path }) => method === 'DELETE' && path.endsWith('/releases/:version'),
  );
  if (route?.kind !== 'change') throw new Error('no route');
  const { changes } = route;
  const revert = (native: string, now: string, of = found): string => {
    const asked = {
      method: 'DELETE',
      path: '',
      params: { version: native },
      query: {},
      headers: {},
    };
    const result = changes(of, { ...asked, body: new Uint8Array() }, `2026-01-${now}:00.000Z`);
    return result.ok ? 'taken back' : (result.problems[0]?.code ?? '');
  };
  expect(revert('1.1.0', '03T10:59')).toBe('taken back');
  expect(revert('1.1.0', '03T11:01')).toBe('FORGE-R013');
  expect(revert('1.0.0', '03T10:30')).toBe('FORGE-R013');
  const young = { ...found, versions: found.versions.slice(0, 1) };
  expect(revert('1.0.0', '02T09:59', young)).toBe('taken back');
  expect(revert('1.0.0', '02T10:01', young)).toBe('FORGE-R013');
});

it('documentation is put beside a release, served and deleted', () => {
  const { send } = server();
  const hasDocs = (): unknown =>
    (JSON.parse(send('GET', release).text) as { readonly has_docs: unknown }).has_docs;
  const served = `/docs/${name}-${version}.tar.gz`;
  expect([hasDocs(), send('GET', served).status]).toEqual([false, 404]);
  expect(send('POST', `${release}/docs`, Buffer.from('no archive')).status).toBe(422);
  expect(send('POST', `${release}/docs`, tarGzOf({ 'index.html': '<p>' })).status).toBe(201);
  expect([hasDocs(), send('GET', served).status]).toEqual([true, 200]);
  expect(send('DELETE', `${release}/docs`).status).toBe(204);
  expect([hasDocs(), send('GET', served).status]).toEqual([false, 404]);
});
