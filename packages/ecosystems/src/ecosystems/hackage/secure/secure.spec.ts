import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { digest, gunzip, readTar } from '../../../archive';
import type { StoredPackage, WireContext, WireLog } from '../../../model';
import { canonical } from './canonical-json';
import { packIndex, secureDocuments } from './documents';
import { indexFacts } from './index-facts';
import { secureStanza } from './routes';
import { signingKey } from './signing-key';

const generateKey = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
const privateKey = generateKey();
const context: WireContext = {
  baseUrl: 'http://127.0.0.1:1/hackage',
  keys: { rsaPrivate: privateKey, rsaPublic: '' },
};
const now = '2026-02-03T04:05:06.789Z';
const at = '2026-02-01T00:00:00.000Z';
const log = (...paths: string[]): WireLog => {
  return { entries: paths.map((path) => ({ path, content: Buffer.from(path), at })), now };
};

interface Signed {
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
  readonly signed: {
    readonly expires: string | null;
    readonly version: number;
    readonly keys: Record<string, { readonly keyval: { readonly public: string } }>;
    readonly roles: Record<string, { readonly keyids: readonly string[] }>;
    readonly meta: Record<string, { readonly hashes: { sha256: string }; readonly length: number }>;
  };
}
const parse = (text: string) => JSON.parse(text) as Signed;

function stored(versions: Record<string, boolean>): StoredPackage {
  return {
    name: 'demo',
    tags: {},
    owners: [],
    versions: Object.entries(versions).map(([version, yanked], index) => ({
      version,
      yanked,
      metadata: { cabal: `version: ${version}`, encoding: 'utf8' },
      publishedAt: `2026-01-0${9 - index}T00:00:00.000Z`,
      files: [
        {
          filename: `demo-${version}.tar.gz`,
          size: 7,
          sha256: 'aa',
          digests: [
            { algorithm: 'sha256', value: 'aa' },
            { algorithm: 'md5', value: 'bb' },
            { algorithm: 'sha1', value: 'cc' },
          ],
        },
      ],
    })),
  };
}

it('spells documents in the one way that is signed', () => {
  expect(canonical({ b: [1, null], a: 'x"\\\n', é: {} })).toBe(
    '{"a":"x\\"\\\\\n","b":[1,null],"é":{}}',
  );
});

it('signs every document by the key that the configuration names', () => {
  const documents = secureDocuments(log('a'), context);
  const [keyid, key] = Object.entries(parse(documents.root).signed.keys)[0] ?? [];
  expect(secureStanza(context)).toContain(`  root-keys: ${keyid}`);
  const der = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(key?.keyval.public ?? '', 'base64'),
  ]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  for (const text of Object.values(documents) as string[]) {
    const { signatures, signed } = parse(text);
    const sig = Buffer.from(signatures[0]?.sig ?? '', 'base64');
    const bytes = Buffer.from(canonical(signed as never));
    expect([signatures[0]?.keyid, verify(null, bytes, publicKey, sig)]).toEqual([keyid, true]);
  }
});

it('leads from the timestamp to the index, by digest and length', () => {
  const of = log('a', 'b');
  const { timestamp, snapshot, root } = secureDocuments(of, context);
  const named = (document: string, file: string) => parse(document).signed.meta[`<repo>/${file}`];
  const described = (bytes: Uint8Array) => {
    return { length: bytes.length, hashes: { sha256: digest('sha256', bytes) } };
  };
  expect(named(timestamp, 'snapshot.json')).toMatchObject(described(Buffer.from(snapshot)));
  expect(named(snapshot, 'root.json')).toMatchObject(described(Buffer.from(root)));
  const { tar, gz } = packIndex(of);
  expect(named(snapshot, '01-index.tar')).toMatchObject(described(tar));
  expect(named(snapshot, '01-index.tar.gz')).toMatchObject(described(gz));
  expect(gunzip(gz, 1e6)).toEqual({ ok: true, value: Buffer.from(tar) });
});

it('rises with the log, and expires some days after it is asked for', () => {
  const before = parse(secureDocuments(log('a'), context).timestamp).signed;
  const after = parse(secureDocuments(log('a', 'b'), context).timestamp).signed;
  expect(after.version).toBeGreaterThan(before.version);
  expect(after.expires).toBe('2026-02-07T00:00:00Z');
});

it('hands over to a new key by a root that the older ones sign, too', () => {
  const [second, third] = [generateKey(), generateKey()];
  const keys = { rsaPrivate: third, rsaPublic: '', previous: [privateKey, second] };
  const documents = secureDocuments(log(), { ...context, keys });
  const ids = [privateKey, second, third].map((key) => signingKey(key).id);
  const root = parse(documents.root);
  expect(root.signed.version).toBe(3);
  expect(Object.keys(root.signed.keys).sort()).toEqual([...ids].sort());
  expect(root.signatures.map(({ keyid }) => keyid)).toEqual(ids);
  for (const { keyid, sig } of root.signatures) {
    const raw = Buffer.from(root.signed.keys[keyid]?.keyval.public ?? '', 'base64');
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const content = Buffer.from(canonical(root.signed as never));
    expect(verify(null, content, key, Buffer.from(sig, 'base64'))).toBe(true);
  }
  for (const { keyids } of Object.values(root.signed.roles)) expect(keyids).toEqual([ids[2]]);
  for (const name of ['timestamp', 'snapshot', 'mirrors'] as const)
    expect(parse(documents[name]).signatures.map(({ keyid }) => keyid)).toEqual([ids[2]]);
});

it('packs an index that only grows at its end', () => {
  const [before, after] = [packIndex(log('a')).tar, packIndex(log('a', 'b')).tar];
  const blank = 1024;
  expect(Buffer.from(after).subarray(0, before.length - blank)).toEqual(
    Buffer.from(before).subarray(0, -blank),
  );
  const entries = readTar(after);
  expect(entries.ok && entries.value.map(({ name }) => name)).toEqual(['a', 'b']);
});

it('tells of versions in the order of their publishing, and of their archives', () => {
  const facts = indexFacts([stored({ '1.1': false, '1.0': false, '1.2-rc.1': false })], []);
  expect(facts.map(({ path }) => path)).toEqual([
    'demo/1.0/demo.cabal',
    'demo/1.0/package.json',
    'demo/1.1/demo.cabal',
    'demo/1.1/package.json',
    'demo/preferred-versions',
  ]);
  const json = Buffer.from(facts[1]?.content ?? []).toString();
  expect(json).toContain(
    '"<repo>/package/demo-1.0.tar.gz":{"hashes":{"md5":"bb","sha256":"aa"},"length":7}',
  );
});

it('says which versions to avoid, and takes it back in so many words', () => {
  const preferred = (yanked: boolean) => indexFacts([stored({ '1.0': yanked })], []).at(-1);
  expect(preferred(true)).toEqual({
    path: 'demo/preferred-versions',
    content: Buffer.from('demo (<1.0 || >1.0)'),
  });
  expect(preferred(false)).toMatchObject({ content: Buffer.from('demo >=0'), isUsual: true });
});

it('avoids what was told of and is gone, of packages that are gone as well', () => {
  const told = ['demo/1.0/demo.cabal', 'demo/1.0/package.json', 'demo/1.1/demo.cabal'];
  const facts = indexFacts([stored({ '1.1': false })], [...told, 'lost/2/lost.cabal']);
  const texts = facts.slice(-2).map(({ content }) => Buffer.from(content).toString());
  expect(texts).toEqual(['demo (<1.0 || >1.0)', 'lost (<2 || >2)']);
});
