import { gunzip, gzip, readTar, writeTar } from '../../../archive';
import { requestOf } from '../../../testing/wire-request';
import { upstream } from './upstream';

const endpoints = { repository: 'https://packages.example/' };
const url = 'https://packages.example/01-index.tar.gz';
const request = requestOf({ path: '/01-index.tar.gz' });
const asked = { url, request, isOurs: (name: string) => name === 'ours' };
const sha256 = 'ab'.repeat(32);
const targets = (id: string, hash = sha256) =>
  JSON.stringify({
    signatures: [],
    signed: {
      targets: {
        [`<repo>/package/${id}.tar.gz`]: { hashes: { md5: '0', sha256: hash }, length: 1 },
      },
    },
  });
const pack = (files: readonly (readonly [path: string, content: string])[]) =>
  gzip(
    writeTar(
      files.map(([name, content]) => ({
        ...{ name, type: 'file', mode: 0o644, content: Buffer.from(content) },
      })),
    ),
  );
const theirs = pack([
  ['demo/1.0/demo.cabal', 'first'],
  ['demo/1.0/package.json', targets('demo-1.0')],
  ['demo/1.0/demo.cabal', 'revised'],
  ['demo/preferred-versions', 'demo <1.0'],
  ['bare/2/bare.cabal', 'bare'],
  ['bare/2/package.json', targets('other-2')],
  ['bare/preferred-versions', ''],
  ['ours/9.0/ours.cabal', 'forged'],
  ['ours/9.0/package.json', targets('ours-9.0')],
]);
const { listing } = upstream;

it('tells what holds now of other names than ours', () => {
  const found = listing?.facts?.(theirs, asked);
  const told = found?.ok
    ? found.value.map(({ path, content }) => [path, Buffer.from(content).toString()])
    : undefined;
  expect(told).toEqual([
    ['demo/1.0/demo.cabal', 'revised'],
    ['demo/1.0/package.json', targets('demo-1.0')],
    ['demo/preferred-versions', 'demo <1.0'],
    ['bare/2/bare.cabal', 'bare'],
    ['bare/2/package.json', targets('other-2')],
    ['bare/preferred-versions', 'bare >=0'],
  ]);
});

it('puts both plain indexes together', () => {
  const ours = { status: 200, body: pack([['ours/1.0/ours.cabal', 'ours']]) };
  const merged = listing?.merge(theirs, ours, asked);
  const tar = merged?.ok ? gunzip(Buffer.from(merged.value.body), 1e6) : undefined;
  const entries = tar?.ok ? readTar(tar.value) : undefined;
  expect(entries?.ok && entries.value.map(({ name }) => name)).toEqual([
    'demo/1.0/demo.cabal',
    'demo/preferred-versions',
    'bare/2/bare.cabal',
    'ours/1.0/ours.cabal',
  ]);
});

it('holds archives to the digests of the index, and leaves out what has none', () => {
  const filesOf = (name: string) => {
    const read = listing?.package?.(theirs, { name, url, endpoints });
    return read?.ok ? read.value?.files : read;
  };
  expect(filesOf('demo')).toEqual([
    {
      filename: 'demo-1.0.tar.gz',
      url: 'https://packages.example/package/demo-1.0.tar.gz',
      digest: { algorithm: 'sha256', value: sha256 },
    },
  ]);
  expect(filesOf('bare')).toEqual([]);
  expect(filesOf('absent')).toBeUndefined();
});

it('passes over paths that no index has', () => {
  const odd = [
    '../x/1/x.cabal',
    'a/b/c/d',
    'demo/1.0/other.cabal',
    'demo/x/demo.cabal',
    '1/1/1.cabal',
  ];
  const found = listing?.facts?.(pack(odd.map((path) => [path, 'x'])), asked);
  expect(found).toEqual({ ok: true, value: [] });
});

it.each([
  ['a page', Buffer.from('<html>')],
  ['nothing', Buffer.from('')],
  ['a packed page', gzip(Buffer.from('<html>'.repeat(200)))],
  ['one of many gigabytes', gzip(Buffer.alloc(80 * 1024 ** 2))],
])('refuses %s', (_, bytes) => {
  const code = { problems: [{ code: 'FORGE-R014' }] };
  expect(listing?.facts?.(bytes, asked)).toMatchObject(code);
  expect(listing?.merge(bytes, { status: 200, body: pack([]) }, asked)).toMatchObject(code);
  expect(listing?.package?.(bytes, { name: 'demo', url, endpoints })).toMatchObject(code);
});

it.each([
  ['demo-1.0.tar.gz', ['demo']],
  ['a-b2-1.2.3.tar.gz', ['a-b2']],
  ['demo-1.0-rc.1.tar.gz', []],
  ['demo.cabal', []],
])('%s is of %j', (filename, names) => {
  expect(upstream.namesIn?.(filename)).toEqual(names);
});
