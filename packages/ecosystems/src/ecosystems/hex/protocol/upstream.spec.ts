import { generateKeyPairSync } from 'node:crypto';
import { gzip } from '../../../archive';
import type { StoredPackage } from '../../../model';
import { requestOf } from '../../../testing/wire-request';
import { message } from './protobuf';
import { readPackageDocument } from './read-document';
import { packageDocument } from './registry-document';
import { upstream } from './upstream';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const [theirs, ours] = [pair(), pair()];
const endpoints = { repository: 'https://repo.example', api: 'https://api.example' };
const url = 'https://repo.example/packages/demo';
const asked = { name: 'demo', url, endpoints };
const request = (path: string) => requestOf({ path });
const context = {
  baseUrl: 'http://127.0.0.1:1/hex',
  keys: { rsaPrivate: ours.privateKey, rsaPublic: ours.publicKey },
};

const sha256 = 'ab'.repeat(32);
const found: StoredPackage = {
  name: 'demo',
  tags: {},
  owners: [],
  versions: [
    {
      version: '1.2.0',
      metadata: {
        ...{ name: 'demo', version: '1.2.0', app: 'demo', description: '', licenses: [] },
        ...{ buildTools: [], innerChecksum: 'cd'.repeat(32) },
        requirements: [
          {
            name: 'core',
            app: 'core',
            requirement: '~> 1.0',
            optional: false,
            repository: 'hexpm',
          },
        ],
      },
      files: [{ filename: 'demo-1.2.0.tar', size: 1, sha256, digests: [] }],
      yanked: false,
      publishedAt: '2026-01-01T00:00:00.000Z',
    },
  ],
};
const document = (repository = 'hexpm') => packageDocument(found, repository, theirs.privateKey);

it('asks for documents and tarballs only, and not for what owners are told', () => {
  const ask = (path: string) => upstream.document('demo', request(path), endpoints)?.url;
  expect(ask('/packages/demo')).toBe(url);
  expect(ask('/tarballs/demo-1.2.0.tar')).toBe(url);
  expect(ask('/api/packages/demo')).toBeUndefined();
  expect(ask('/repos/other/packages/demo')).toBeUndefined();
});

it('tells the document on under our signature, word for word', () => {
  const read = upstream.read(document(), asked);
  const answer = read.ok ? read.value.respond(request('/packages/demo'), context) : undefined;
  const body = Buffer.from(answer?.body ?? '');
  const told = readPackageDocument(body, ours.publicKey);
  expect(told).toEqual(readPackageDocument(document(), theirs.publicKey));
  expect(told.ok && told.value.releases[0]?.dependencies[0]?.name).toBe('core');
  expect(readPackageDocument(body, theirs.publicKey).ok).toBe(false);
});

it('holds tarballs to the checksum that the document gives', () => {
  const read = upstream.read(document(), asked);
  expect(read.ok && read.value.files).toEqual([
    {
      filename: 'demo-1.2.0.tar',
      url: 'https://repo.example/tarballs/demo-1.2.0.tar',
      digest: { algorithm: 'sha256', value: sha256 },
    },
  ]);
});

it.each<[string, Uint8Array]>([
  ['a page', Buffer.from('<html>')],
  ['an empty message', gzip(new Uint8Array())],
  ['a message of other fields', gzip(message([7, 'x'], [9, 1]))],
  ['bytes that are cut', gzip(Buffer.from([0x0a, 0xff, 0xff, 0x03, 0x01]))],
  ['the document of another repository', document('other')],
])('refuses %s', (_, body) => {
  expect(upstream.read(body, asked)).toMatchObject({ problems: [{ code: 'FORGE-R014' }] });
});

it('refuses the document of another package', () => {
  const other = upstream.read(document(), { ...asked, name: 'else' });
  expect(other).toMatchObject({ problems: [{ code: 'FORGE-R014' }] });
});
