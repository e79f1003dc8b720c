import { remote } from './remote';

const endpoints = { api: 'https://hex.example/api', repository: 'https://repo.example' };
const answer = (status: number, body: unknown) => ({
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const presence = (status: number, body: unknown) =>
  remote.presence('demo', '1.2.0', answer(status, body), endpoints);

it('asks the API, in JSON', () => {
  expect(remote.lookup('demo', '1.2.0', endpoints)).toMatchObject({
    method: 'GET',
    url: 'https://hex.example/api/packages/demo/releases/1.2.0',
    headers: { accept: 'application/json' },
  });
  expect(remote.versions('demo', endpoints).url).toBe('https://hex.example/api/packages/demo');
});

it('finds a release with the digest of its tarball', () => {
  const there = {
    state: 'present',
    files: [
      {
        filename: 'demo-1.2.0.tar',
        url: 'https://repo.example/tarballs/demo-1.2.0.tar',
        digests: [{ algorithm: 'sha256', value: 'ab12' }],
      },
    ],
  };
  expect(presence(200, { checksum: 'AB12', retirement: null })).toEqual(there);
  expect(presence(200, { checksum: 'ab12', retirement: { reason: 'invalid' } })).toEqual({
    ...there,
    yanked: true,
  });
});

it.each<[number, unknown, string]>([
  [404, '', 'absent'],
  [200, '<html>', 'unknown'],
  [200, {}, 'unknown'],
  [500, '', 'unknown'],
  [429, { checksum: 'ab' }, 'unknown'],
])('%s %j is %s', (status, body, state) => {
  expect(presence(status, body).state).toBe(state);
});

it('lists versions; an outage is no list', () => {
  const list = { releases: [{ version: '1.2.0' }, { version: '1.1.0' }] };
  expect(remote.parseVersions('demo', answer(200, list))).toEqual(['1.2.0', '1.1.0']);
  expect(remote.parseVersions('demo', answer(404, ''))).toEqual([]);
  expect(remote.parseVersions('demo', answer(502, ''))).toBeNull();
});
