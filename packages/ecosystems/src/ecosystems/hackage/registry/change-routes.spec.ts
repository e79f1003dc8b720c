import { writeMultipart } from '../../../archive';
import { createWireServer, tarGzOf } from '../../../testing';
import { hackage } from '..';

function server() {
  const wire = createWireServer(hackage, 'http://127.0.0.1:4999');
  const send = (method: 'GET' | 'PUT' | 'DELETE', path: string, body: string | Uint8Array = '') => {
    const answer = wire.send({ method, url: `${wire.baseUrl}${path}`, body });
    return { status: answer.status, text: Buffer.from(answer.body).toString() };
  };
  const upload = (version: string, path = '/upload', candidate = '') => {
    const cabal = `name: demo\nversion: ${version}\n${candidate}`;
    const bytes = tarGzOf({ [`demo-${version}/demo.cabal`]: cabal });
    const form = writeMultipart(
      {},
      { field: 'package', filename: `demo-${version}.tar.gz`, bytes },
    );
    return wire.send({ method: 'POST', url: `${wire.baseUrl}${path}`, ...form }).status;
  };
  for (const version of ['1.0.0', '1.1.0']) upload(version);
  const preferred = (): unknown => JSON.parse(send('GET', '/package/demo/preferred').text);
  return { send, upload, preferred };
}

it('the form says of all versions which are deprecated', () => {
  const { send, preferred } = server();
  const prefer = (form: string) => send('PUT', '/package/demo/preferred', form).status;
  expect(prefer('preferred=&deprecated=1.1.0')).toBe(200);
  expect(preferred()).toEqual({ 'normal-version': ['1.0.0'], 'deprecated-version': ['1.1.0'] });
  expect(prefer('preferred=&deprecated=1.0.0')).toBe(200);
  expect(preferred()).toEqual({ 'normal-version': ['1.1.0'], 'deprecated-version': ['1.0.0'] });
  expect(prefer('preferred=')).toBe(200);
  expect(preferred()).toEqual({ 'normal-version': ['1.0.0', '1.1.0'] });
});

it.each(['', 'deprecated=1.1.0', 'preferred=%3C1.1', 'preferred=&deprecated=9.0', 'garbage'])(
  'a form that cannot be followed is refused: %s',
  (form) => {
    const { send, preferred } = server();
    expect(send('PUT', '/package/demo/preferred', form).status).toBe(400);
    expect(preferred()).toEqual({ 'normal-version': ['1.0.0', '1.1.0'] });
  },
);

it('maintainers are listed, added and removed', () => {
  const { send } = server();
  const members = (): readonly string[] =>
    (
      JSON.parse(send('GET', '/package/demo/maintainers/').text) as {
        readonly members: readonly { readonly username: string }[];
      }
    ).members.map(({ username }) => username);
  expect(members()).toEqual(['tester']);
  expect(send('PUT', '/package/demo/maintainers/user/ada').status).toBe(200);
  expect(members()).toEqual(['tester', 'ada']);
  expect(send('DELETE', '/package/demo/maintainers/user/ada').status).toBe(200);
  expect(members()).toEqual(['tester']);
  expect(send('GET', '/package/absent/maintainers/').status).toBe(404);
});

it('candidates are deleted, and may come again; what is released stays', () => {
  const { send, upload, preferred } = server();
  const candidate = () => upload('1.2.0', '/packages/candidates', 'x-release-candidate: rc.1\n');
  const there = (): number => send('GET', '/package/demo-1.2.0/candidate').status;
  expect([candidate(), there()]).toEqual([200, 200]);
  expect(send('DELETE', '/package/demo-1.2.0/candidate').status).toBe(200);
  expect(there()).toBe(404);
  expect(send('DELETE', '/package/demo-1.1.0/candidate').status).toBe(400);
  expect([candidate(), there()]).toEqual([200, 200]);
  expect(preferred()).toEqual({ 'normal-version': ['1.0.0', '1.1.0'] });
});

it('documentation is put beside a version, served and deleted', () => {
  const { send } = server();
  const docs = tarGzOf({ 'demo-1.0.0-docs/index.html': '<p>' });
  expect(send('GET', '/package/demo-1.0.0/docs.tar.gz').status).toBe(404);
  expect(send('PUT', '/package/demo-1.0.0/docs', 'no archive').status).toBe(400);
  expect(send('PUT', '/package/demo-1.0.0/docs', docs).status).toBe(200);
  expect(send('GET', '/package/demo-1.0.0/docs.tar.gz').status).toBe(200);
  expect(send('DELETE', '/package/demo-1.0.0/docs').status).toBe(200);
  expect(send('GET', '/package/demo-1.0.0/docs.tar.gz').status).toBe(404);
});
