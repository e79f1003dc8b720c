import type { WireRequest } from '../../model';
import { contextAt, requestOf } from '../../testing/wire-request';
import { npm } from '.';
import { upstream } from './upstream';

const endpoints = npm.endpointsAt('https://other.example');
const context = contextAt('http://127.0.0.1:1/npm');
const short = { accept: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8' };
const request = (path: string, parts: Partial<WireRequest> = {}) => requestOf({ path, ...parts });

const sha512 = Buffer.alloc(64, 7);
const release = (version: string, dist: object) => ({ name: '@else/lamp', version, dist });
const packument = {
  name: '@else/lamp',
  'dist-tags': { latest: '2.0.0' },
  versions: {
    '1.0.0': release('1.0.0', {
      tarball: 'https://files.example/@else/lamp/-/lamp-1.0.0.tgz',
      shasum: 'AB'.repeat(20),
    }),
    '2.0.0': release('2.0.0', {
      tarball: 'https://files.example/@else/lamp/-/lamp-2.0.0.tgz',
      integrity: `sha512-${sha512.toString('base64')}`,
      shasum: 'ab'.repeat(20),
      attestations: { url: 'https://other.example/-/npm/v1/attestations/x' },
    }),
    '3.0.0': release('3.0.0', { tarball: 'https://files.example/@else/lamp/-/lamp-3.0.0.tgz' }),
  },
};

function read(document: unknown) {
  const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return upstream.read(body, { name: '@else/lamp', url: 'https://other.example/x', endpoints });
}

const found = read(packument);
const respond = (asked: WireRequest) => {
  const answer = found.ok ? found.value.respond(asked, context) : undefined;
  return answer && JSON.parse(String(answer.body));
};

describe('asking', () => {
  it.each([
    ['an install', request('/@else/lamp', { headers: short }), /^application\/vnd\.npm\.install/],
    ['a tarball', request('/@else/lamp/-/lamp-1.0.0.tgz'), /^application\/vnd\.npm\.install/],
    ['a person', request('/@else/lamp'), /^application\/json$/],
  ])('%s', (_, asked, accept) => {
    expect(upstream.document('@else/lamp', asked, endpoints)).toEqual({
      method: 'GET',
      url: 'https://other.example/npm/@else%2flamp',
      headers: { accept: expect.stringMatching(accept) },
    });
  });
});

it('leads every tarball through here, and leaves out what cannot be checked', () => {
  const { versions } = respond(request('/@else/lamp', { headers: short })) as typeof packument;
  expect(Object.keys(versions)).toEqual(['1.0.0', '2.0.0']);
  expect(versions['2.0.0'].dist).toEqual({
    tarball: 'http://127.0.0.1:1/npm/@else/lamp/-/lamp-2.0.0.tgz',
    integrity: `sha512-${sha512.toString('base64')}`,
    shasum: 'ab'.repeat(20),
  });
  expect(JSON.stringify(versions)).not.toMatch(/\b(?:other|files)\.example/);
});

it('holds a tarball to its strongest digest', () => {
  expect(found.ok && found.value.files.map(({ digest }) => digest)).toEqual([
    { algorithm: 'sha1', value: 'ab'.repeat(20) },
    { algorithm: 'sha512', value: sha512.toString('hex') },
  ]);
});

it('answers for one version, for a tag, and for the tags', () => {
  const params = { scope: '@else', name: 'lamp' };
  const of = (version: string) =>
    respond(request(`/@else/lamp/${version}`, { params: { ...params, version } })) as {
      readonly version: string;
    };
  expect(of('latest').version).toBe('2.0.0');
  expect(of('1.0.0').version).toBe('1.0.0');
  expect(of('9.0.0')).toBeUndefined();
  expect(respond(request('/-/package/@else/lamp/dist-tags', { params }))).toEqual({
    latest: '2.0.0',
  });
});

it.each(['<html>', 'null', '{}', { ...packument, name: 'other' }])(
  'refuses %j (FORGE-R014)',
  (document) => {
    const refused = read(document);
    expect(!refused.ok && refused.problems.map(({ code }) => code)).toEqual(['FORGE-R014']);
  },
);
