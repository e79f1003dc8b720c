import { createWireServer, type WireServer } from '../../../testing';
import { hex } from '..';
import { encodeTerm, printTerm, tuple, type Term } from '../erlang';
import { packTarball } from '../tarball';

let server: WireServer;
beforeAll(() => {
  server = createWireServer(hex, 'http://127.0.0.1:4999');
  for (const version of ['1.0.0', '2.0.0', '1.0.1', '3.0.0-rc.1'])
    send('POST', '/publish', tarball(version));
});

function send(method: 'GET' | 'POST', path: string, body?: Uint8Array) {
  const headers = { accept: 'application/json' };
  const url = `${server.baseUrl}/api${path}`;
  const answer = server.send({ method, url, headers, ...(body && { body }) });
  return answer.status === 200 ? (JSON.parse(Buffer.from(answer.body).toString()) as object) : {};
}

function tarball(version: string): Uint8Array {
  const fields: Readonly<Record<string, Term>> = {
    ...{ app: 'lamp', name: 'lamp', version, requirements: [], description: `a lamp ${version}` },
    links: [tuple('Home', 'https://lamp.example')],
  };
  const lines = Object.entries(fields).map(([key, value]) => `${printTerm(tuple(key, value))}.\n`);
  const content = Buffer.from('a project');
  return packTarball(lines.join(''), [{ name: 'mix.exs', executable: false, content }]);
}

/** Hex 2.5 takes `configs["mix.exs"]` of both for granted, and ends in an exception where it is not there. */
it('tells of a package and of a release what goes into mix.exs', () => {
  expect(send('GET', '/packages/lamp')).toMatchObject({
    configs: { 'mix.exs': '{:lamp, "~> 2.0"}' },
    meta: { description: 'a lamp 2.0.0', links: { Home: 'https://lamp.example' } },
  });
  expect(send('GET', '/packages/lamp/releases/1.0.1')).toMatchObject({
    configs: { 'mix.exs': '{:lamp, "~> 1.0"}' },
  });
});

it('tells of versions in their order, whichever came last', () => {
  expect(send('GET', '/packages/lamp')).toMatchObject({
    releases: ['3.0.0-rc.1', '2.0.0', '1.0.1', '1.0.0'].map((version) => ({ version })),
    latest_version: '3.0.0-rc.1',
    latest_stable_version: '2.0.0',
  });
});

it('names what goes into mix.exs by what stands, if anything does', () => {
  const reason = encodeTerm({ map: [['reason', 'other']] });
  send('POST', '/packages/lamp/releases/2.0.0/retire', reason);
  expect(send('GET', '/packages/lamp')).toMatchObject({
    configs: { 'mix.exs': '{:lamp, "~> 1.0"}' },
    retirements: { '2.0.0': { reason: 'other' } },
  });
});

/** `mix hex.search --packages` and `mix hex.info --organization` name the repository in the path. */
it.each(['hexpm', 'acme'])('is asked below /repos/%s as well', (repository) => {
  const base = `/repos/${repository}/packages`;
  expect(send('GET', `${base}/lamp`)).toMatchObject({ name: 'lamp', repository });
  expect(send('GET', `${base}/lamp/releases/1.0.0`)).toMatchObject({ version: '1.0.0' });
  expect(send('GET', `${base}?search=lam`)).toMatchObject([{ name: 'lamp', repository }]);
  expect(send('GET', `${base}/absent`)).toEqual({});
});

it('tells who asks what is theirs, as `mix hex.owner packages` prints it', () => {
  expect(send('GET', '/users/me')).toMatchObject({
    username: 'tester',
    packages: [
      {
        name: 'lamp',
        repository: 'hexpm',
        html_url: 'http://127.0.0.1:4999/hex/api/packages/lamp',
      },
    ],
  });
});
