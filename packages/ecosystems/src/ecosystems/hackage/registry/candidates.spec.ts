import { gunzip, readTar, writeMultipart } from '../../../archive';
import type { HttpResponse } from '../../../model';
import { createWireServer, tarGzOf, type WireServer } from '../../../testing';
import { hackage } from '..';

const root = 'http://127.0.0.1:4999';
const endpoints = hackage.endpointsAt(root);
const filename = 'demo-1.3.0.tar.gz';

function archive(candidate?: string): Uint8Array {
  const field = candidate === undefined ? '' : `x-release-candidate: ${candidate}\n`;
  return tarGzOf({ 'demo-1.3.0/demo.cabal': `name: demo\nversion: 1.3.0\n${field}` });
}

function upload(server: WireServer, path: string, candidate?: string): HttpResponse {
  const form = writeMultipart({}, { field: 'package', filename, bytes: archive(candidate) });
  return server.send({ method: 'POST', url: `${server.baseUrl}${path}`, ...form });
}

/** As every HTTP client does. */
function get(server: WireServer, url: string): HttpResponse {
  const response = server.send({ method: 'GET', url });
  const { location } = response.headers;
  return location === undefined ? response : server.send({ method: 'GET', url: location });
}

function presence(server: WireServer, version: string) {
  const { url } = hackage.remote.lookup('demo', version, endpoints);
  return hackage.remote.presence('demo', version, get(server, url), endpoints);
}

function indexed(server: WireServer): string[] {
  const { body } = get(server, `${server.baseUrl}/00-index.tar.gz`);
  const tar = gunzip(body, 1e6);
  const members = tar.ok ? readTar(tar.value) : tar;
  if (!members.ok) throw members.problems[0];
  return members.value.map(({ name }) => name);
}

let server: WireServer;
beforeEach(() => (server = createWireServer(hackage, root)));

it('a candidate is there for who asks for it, and for nobody who installs', () => {
  expect(presence(server, '1.3.0-rc.1')).toEqual({ state: 'absent' });
  expect(upload(server, '/packages/candidates', 'rc.1').status).toBe(200);
  expect(presence(server, '1.3.0-rc.1')).toMatchObject({ state: 'present', files: [{ filename }] });
  expect(presence(server, '1.3.0')).toEqual({ state: 'absent' });
  expect(indexed(server)).toEqual([]);
  const { url } = hackage.remote.versions('demo', endpoints);
  expect(hackage.remote.parseVersions('demo', server.send({ method: 'GET', url }))).toEqual([]);
});

it('the next candidate takes its place, as on Hackage', () => {
  for (const each of ['rc.9', 'rc.10']) upload(server, '/packages/candidates', each);
  expect(presence(server, '1.3.0-rc.10').state).toBe('present');
  expect(presence(server, '1.3.0-rc.9').state).toBe('absent');
});

it('the release is an upload of its own', () => {
  upload(server, '/packages/candidates', 'rc.1');
  expect(upload(server, '/upload').status).toBe(200);
  expect(presence(server, '1.3.0').state).toBe('present');
  expect(indexed(server)).toEqual(['demo/1.3.0/demo.cabal']);
});

it('shows candidates at the addresses of Hackage', () => {
  upload(server, '/packages/candidates', 'rc.1');
  const text = (path: string) => Buffer.from(get(server, server.baseUrl + path).body).toString();
  expect(text('/package/demo-1.3.0/candidate')).toBe('demo-1.3.0, rc.1\n');
  expect(JSON.parse(text('/package/demo/candidates/'))).toMatchObject([
    { version: '1.3.0', candidate: 'rc.1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});

it.each([
  ['/package/demo-1.3.0/candidate', 404],
  ['/package/demo/candidates', 404],
  ['/package/demo-1.3.0/candidate/demo-1.3.0.tar.gz', 404],
  ['/package/demo-1.3.0/candidate/rc.1/demo-1.3.0.tar.gz', 404],
  ['/package/demo/candidate/demo.tar.gz', 404],
])('says that %s is not there', (path, status) =>
  expect(get(server, server.baseUrl + path).status).toBe(status),
);

it.each([
  ['published', '/upload', 'rc.1', 'without `--publish`'],
  ['left without a name', '/packages/candidates', undefined, 'x-release-candidate'],
  ['called anything', '/packages/candidates', 'rc 1', 'rc 1'],
])('refuses a candidate that is %s', (_, path, candidate, reason) => {
  const response = upload(server, path, candidate);
  expect(response.status).toBe(400);
  expect(Buffer.from(response.body).toString()).toContain(reason);
});
