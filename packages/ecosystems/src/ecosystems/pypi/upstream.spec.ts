import { contextAt, requestOf } from '../../testing/wire-request';
import { pypi } from '.';
import { upstream } from './upstream';

const endpoints = pypi.endpointsAt('https://other.example');
const context = contextAt('http://127.0.0.1:1/pypi');
const request = (path: string, accept = '') => requestOf({ path, headers: { accept } });
const url = 'https://other.example/pypi/simple/a-lamp/';
const sha256 = 'ab'.repeat(32);
const wheel = {
  filename: 'a_lamp-1.0.0-py3-none-any.whl',
  url: '../../files/a-lamp/a_lamp-1.0.0-py3-none-any.whl#sha256=x',
  hashes: { sha256 },
  'requires-python': '>=3.9',
  'core-metadata': { sha256: 'cd'.repeat(32) },
  yanked: 'a reason',
  size: 12,
};
const sdist = {
  filename: 'a_lamp-1.0.0.tar.gz',
  url: 'https://files.example/a_lamp-1.0.0.tar.gz',
  hashes: { sha256 },
  'core-metadata': true,
  yanked: false,
};
const unchecked = { ...sdist, filename: 'a_lamp-0.9.0.tar.gz', hashes: { md5: 'ab' } };
const escaping = { ...sdist, filename: '../a_lamp-0.9.0.tar.gz' };
const page = { name: 'A.Lamp', versions: ['1.0.0'], files: [wheel, sdist, unchecked, escaping] };

function read(document: unknown) {
  const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return upstream.read(body, { name: 'a-lamp', url, endpoints });
}

const found = read(page);
const respond = (accept: string) =>
  found.ok ? String(found.value.respond(request('/simple/a-lamp/', accept), context)?.body) : '';

it('asks for the page of a project as JSON, and for nothing else', () => {
  for (const path of ['/simple/a-lamp/', '/files/a-lamp/a_lamp-1.0.0.tar.gz'])
    expect(upstream.document('A.Lamp', request(path), endpoints)).toMatchObject({ url });
  expect(upstream.document('a-lamp', request('/pypi/a-lamp/json'), endpoints)).toBeUndefined();
  const { url: publicUrl } =
    upstream.document('a-lamp', request('/simple/a-lamp/'), pypi.publicEndpoints) ?? {};
  expect(publicUrl).toMatch(/\/simple\/a-lamp\/$/);
});

it('leads every file through here as JSON, and leaves out what cannot be checked', () => {
  const document = JSON.parse(respond('application/vnd.pypi.simple.v1+json'));
  expect(document).toEqual({
    meta: { 'api-version': '1.1' },
    name: 'a-lamp',
    versions: ['1.0.0'],
    files: [
      {
        ...wheel,
        url: 'http://127.0.0.1:1/pypi/files/a-lamp/a_lamp-1.0.0-py3-none-any.whl',
      },
      {
        ...sdist,
        url: 'http://127.0.0.1:1/pypi/files/a-lamp/a_lamp-1.0.0.tar.gz',
        'core-metadata': false,
      },
    ],
  });
});

it('leads every file through here as HTML', () => {
  const html = respond('text/html');
  expect(html).not.toMatch(/\b(?:other|files)\.example/);
  expect(html).toContain(`a_lamp-1.0.0-py3-none-any.whl#sha256=${sha256}"`);
  expect(html).toContain('data-requires-python="&#62;=3.9"');
});

it('holds distributions and the metadata beside them to their digests', () => {
  const at = 'https://other.example/pypi/files/a-lamp/a_lamp-1.0.0-py3-none-any.whl';
  expect(found.ok && found.value.files).toEqual([
    { filename: wheel.filename, url: at, digest: { algorithm: 'sha256', value: sha256 } },
    {
      filename: `${wheel.filename}.metadata`,
      url: `${at}.metadata`,
      digest: { algorithm: 'sha256', value: 'cd'.repeat(32) },
    },
    { filename: sdist.filename, url: sdist.url, digest: { algorithm: 'sha256', value: sha256 } },
  ]);
});

it.each(['<!DOCTYPE html>', 'null', '{"name": "a-lamp"}', { ...page, name: 'other' }])(
  'refuses %j (FORGE-R014)',
  (document) => {
    const refused = read(document);
    expect(!refused.ok && refused.problems.map(({ code }) => code)).toEqual(['FORGE-R014']);
  },
);
