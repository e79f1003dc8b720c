import type { HttpResponse } from '../../model';
import { pypi } from '.';

const { remote } = pypi;
const endpoints = pypi.endpointsAt('http://127.0.0.1:1');
const answer = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const file = {
  filename: 'a-0.1.8.tar.gz',
  url: 'http://127.0.0.1:1/a',
  digests: { sha256: 'aa', md5: 'bb', blake2b_256: 'cc' },
};
const release = { info: { version: '0.1.8', yanked: false }, urls: [file] };

describe('presence', () => {
  it('asks under the normalised name', () => {
    expect(remote.lookup('My_Lib', '1.0', endpoints)).toMatchObject({
      method: 'GET',
      url: 'http://127.0.0.1:1/pypi/pypi/my-lib/1.0/json',
    });
  });

  it.each([
    ['absent', answer(404, 'Not Found'), { state: 'absent' }],
    [
      'another version',
      answer(200, { ...release, info: { version: '0.1.9' } }),
      { state: 'absent' },
    ],
    ['an outage', answer(503, ''), { state: 'unknown', reason: 'the index answers 503' }],
    ['a page of a proxy', answer(200, '<html>'), { state: 'unknown' }],
    ['an empty document', answer(200, {}), { state: 'unknown' }],
    [
      'yanked',
      answer(200, { ...release, info: { version: '0.1.8', yanked: true } }),
      { state: 'present', yanked: true },
    ],
    [
      'present',
      answer(200, release),
      {
        state: 'present',
        files: [
          {
            filename: file.filename,
            url: file.url,
            digests: [
              { algorithm: 'sha256', value: 'aa' },
              { algorithm: 'md5', value: 'bb' },
            ],
          },
        ],
      },
    ],
  ])('is %s', (_, response, expected) => {
    expect(remote.presence('a', '0.1.8.0', response, endpoints)).toMatchObject(expected);
  });
});

describe('versions', () => {
  it.each([
    [answer(200, { releases: { '0.1.7': [], '0.1.8': [] } }), ['0.1.7', '0.1.8']],
    [answer(404, ''), []],
    [answer(500, ''), null],
    [answer(200, '<html>'), null],
  ])('of %j', (response, expected) => {
    expect(remote.parseVersions('a', response)).toEqual(expected);
  });
});
