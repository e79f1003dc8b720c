import { remote } from './remote';

const endpoints = { host: 'http://127.0.0.1:1234/gems' };

function answer(status: number, body: unknown): Parameters<typeof remote.presence>[2] {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: {}, body: Buffer.from(text) };
}

const listed = [
  { number: '1.2.0', platform: 'ruby', sha: 'AA', prerelease: false },
  { number: '1.2.0', platform: 'java', sha: 'bb' },
  { number: '1.1.0', platform: 'ruby', sha: 'cc' },
];

describe('asking a registry for a gem', () => {
  it('asks for all versions of the name', () => {
    expect(remote.lookup('acme', '1.2.0', endpoints)).toMatchObject({
      method: 'GET',
      url: 'http://127.0.0.1:1234/gems/api/v1/versions/acme.json',
    });
  });

  it('finds every platform of a version, also in another spelling', () => {
    expect(remote.presence('acme', '1.2', answer(200, listed), endpoints)).toEqual({
      state: 'present',
      files: [
        {
          filename: 'acme-1.2.0.gem',
          url: 'http://127.0.0.1:1234/gems/gems/acme-1.2.0.gem',
          digests: [{ algorithm: 'sha256', value: 'aa' }],
        },
        {
          filename: 'acme-1.2.0-java.gem',
          url: 'http://127.0.0.1:1234/gems/gems/acme-1.2.0-java.gem',
          digests: [{ algorithm: 'sha256', value: 'bb' }],
        },
      ],
    });
  });

  it.each<[string, number, unknown, string]>([
    ['another version', 200, listed.slice(2), 'absent'],
    ['no such gem', 404, 'This rubygem could not be found.', 'absent'],
    ['an outage', 503, 'Unavailable', 'unknown'],
    ['a page of a proxy', 200, '<html>', 'unknown'],
    ['another document', 200, { error: 'x' }, 'unknown'],
  ])('reads %s', (_, status, body, state) => {
    expect(remote.presence('acme', '1.2.0', answer(status, body), endpoints).state).toBe(state);
  });

  it('lists versions once each, and says when it cannot', () => {
    expect(remote.parseVersions('acme', answer(200, listed))).toEqual(['1.2.0', '1.1.0']);
    expect(remote.parseVersions('acme', answer(404, ''))).toEqual([]);
    expect(remote.parseVersions('acme', answer(500, ''))).toBeNull();
  });
});
