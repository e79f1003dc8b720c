import { inflateSync } from 'node:zlib';
import { digest } from '../../archive';
import { contextAt, requestOf } from '../../testing/wire-request';
import { upstream } from './upstream';

const endpoints = { host: 'https://gems.example/' };
const url = 'https://gems.example/info/demo';
const asked = { name: 'demo', url, endpoints };
const request = (path: string, params = {}) => requestOf({ path, params });
const context = contextAt('http://127.0.0.1:1/gems');
const sha256 = 'ab'.repeat(32);
const info = `---
1.2.0 core:~> 1.2&>= 1.2.3,plug:>= 0|checksum:${sha256},ruby:>= 2.7
1.2.0-java |checksum:${sha256}
0.1.0 |ruby:>= 1.8
`;
const read = (text: string) => upstream.read(Buffer.from(text), asked);

it.each([
  ['/info/demo', url],
  ['/gems/demo-1.2.0.gem', url],
  ['/quick/Marshal.4.8/demo-1.2.0.gemspec.rz', url],
  ['/api/v1/versions/demo.json', undefined],
  ['/api/v1/gems/demo/owners.json', undefined],
])('asks of %s for %s', (path, expected) => {
  expect(upstream.document('demo', request(path), endpoints)?.url).toBe(expected);
});

it('holds gems to their checksums, and leaves out what has none', () => {
  const found = read(info);
  expect(found.ok && found.value.files).toEqual(
    ['demo-1.2.0.gem', 'demo-1.2.0-java.gem'].map((filename) => ({
      filename,
      url: `https://gems.example/gems/${filename}`,
      digest: { algorithm: 'sha256', value: sha256 },
    })),
  );
});

it('tells the document on as it is, under the tag by which Bundler knows it', () => {
  const found = read(info);
  const answer = found.ok ? found.value.respond(request('/info/demo'), context) : undefined;
  expect(answer).toMatchObject({ body: info, headers: { etag: `"${digest('md5', info)}"` } });
});

it('makes the specification that RubyGems asks for out of it', () => {
  const found = read(info);
  const quick = (file: string) =>
    found.ok
      ? found.value.respond(request(`/quick/Marshal.4.8/${file}`, { file }), context)
      : undefined;
  const bytes = quick('demo-1.2.0.gemspec.rz')?.body;
  const dumped = inflateSync(Buffer.from(bytes ?? '')).toString('latin1');
  for (const part of ['Gem::Specification', 'demo', '1.2.0', 'plug', '2.7'])
    expect(dumped).toContain(part);
  expect(quick('demo-9.gemspec.rz')).toBeUndefined();
});

it.each([
  ['a page', '<html>'],
  ['nothing', ''],
  ['a line that is none', `---\n1.0 a\n`],
  ['a version that is none', `---\n../x |checksum:${sha256}\n`],
  ['a platform that leads elsewhere', `---\n1.0-../x |checksum:${sha256}\n`],
])('refuses %s', (_, text) => {
  expect(read(text)).toMatchObject({ problems: [{ code: 'FORGE-R014' }] });
});

it.each([
  ['demo-1.2.0.gem', ['demo']],
  ['demo-1.2.0-x86_64-linux-2.gem', ['demo', 'demo-1.2.0-x86_64-linux']],
  ['demo-2-1.0.gem', ['demo-2', 'demo']],
  ['none', ['none']],
])('%s may be of %j', (filename, names) => {
  expect(new Set(upstream.namesIn?.(filename))).toEqual(new Set(names));
});

describe('lists', () => {
  const ours = {
    status: 200,
    headers: { 'content-type': 'x/y' },
    body: 'created_at: now\n---\nmine 1 aa\n',
  };
  const merge = (theirs: string, path = '/versions') =>
    upstream.listing?.merge(Buffer.from(theirs), ours, {
      url: 'https://gems.example/versions',
      request: request(path),
      isOurs: (name) => name.startsWith('mine'),
    });

  it('are theirs without names of ours, then ours', () => {
    const body = 'created_at: then\n---\nrack 1,2 bb\nrack 3 cc\nmine 9 dd\nminecraft 1 ee\n';
    const merged = 'created_at: then\n---\nrack 1,2 bb\nrack 3 cc\nmine 1 aa\n';
    expect(merge(body)).toEqual({
      ok: true,
      value: {
        status: 200,
        headers: { 'content-type': 'x/y', etag: `"${digest('md5', merged)}"` },
        body: merged,
      },
    });
    expect(merge('---\nrack\n')).toMatchObject({ value: { body: '---\nrack\nmine 1 aa\n' } });
  });

  it('of names alone are theirs without ours, too', () => {
    expect(merge('---\nmine\nminecraft\nrack\n', '/names')).toMatchObject({
      value: { body: '---\nrack\nmine 1 aa\n' },
    });
  });

  it.each(['', '<html>', 'rack 1 aa\n'])('are no lists: `%s`', (body) => {
    expect(merge(body)).toMatchObject({ problems: [{ code: 'FORGE-R014' }] });
  });

  it('of RubyGems alone are as ours, once the other registry has answered', () => {
    expect(merge('---\nrack 1 aa\n', '/specs.4.8.gz')).toEqual({ ok: true, value: ours });
  });

  it('are asked for by what they are made of', () => {
    const ask = (path: string) => upstream.listing?.question(request(path), endpoints)?.url;
    expect(ask('/versions')).toBe('https://gems.example/versions');
    expect(ask('/names')).toBe('https://gems.example/names');
    expect(ask('/specs.4.8.gz')).toBe('https://gems.example/versions');
  });
});
