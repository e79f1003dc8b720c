import { createHash } from 'node:crypto';
import { remote } from './remote';

const endpoints = { repository: 'http://127.0.0.1:1/hackage' };
const answer = (status: number, text: string) => ({ status, headers: {}, body: Buffer.from(text) });

it('asks for the tarball and hashes it, for no document has its digest', () => {
  const { url } = remote.lookup('demo', '1.2.0', endpoints);
  expect(url).toBe('http://127.0.0.1:1/hackage/package/demo-1.2.0/demo-1.2.0.tar.gz');
  const value = createHash('sha256').update('bytes').digest('hex');
  expect(remote.presence('demo', '1.2.0', answer(200, 'bytes'), endpoints)).toEqual({
    state: 'present',
    files: [{ filename: 'demo-1.2.0.tar.gz', url, digests: [{ algorithm: 'sha256', value }] }],
  });
});

it.each([
  [404, 'absent'],
  [503, 'unknown'],
  [401, 'unknown'],
])('takes %i for %s', (status, state) =>
  expect(remote.presence('demo', '1.2.0', answer(status, ''), endpoints)).toMatchObject({ state }),
);

it.each([
  [200, '{"normal-version":["1.10","1.2"],"deprecated-version":["1.1"]}', ['1.1', '1.2', '1.10']],
  [200, '<html>', null],
  [404, '', []],
  [500, '', null],
])('reads the versions from %i %s', (status, text, versions) =>
  expect(remote.parseVersions('demo', answer(status, text))).toEqual(versions),
);
