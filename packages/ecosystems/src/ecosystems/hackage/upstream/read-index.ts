import { gunzip, readTar } from '../../../archive';
import type { Digest, LogFact } from '../../../model';
import { parseJson } from '../../../text';
import { isPackageName } from '../package-name';

/** What an index of another repository tells of one package. */
export interface IndexedPackage {
  /** What is told now of each path, in the order in which paths came up. */
  readonly facts: ReadonlyMap<string, LogFact>;
  /** Of the archives, by version. */
  readonly digests: ReadonlyMap<string, Digest>;
}

export type Index = ReadonlyMap<string, IndexedPackage>;

/** Some 15,000 versions. The index of the public server unpacks to more than a gigabyte. */
const maxBytes = 64 * 1024 ** 2;

/** The same bytes are asked for again and again. */
const read = new WeakMap<Uint8Array, { readonly index: Index | undefined }>();

/** What `01-index.tar.gz` tells; undefined for what is no such archive, or too large. */
export function readIndex(packed: Uint8Array): Index | undefined {
  const known = read.get(packed) ?? { index: parse(packed) };
  read.set(packed, known);
  return known.index;
}

function parse(packed: Uint8Array): Index | undefined {
  const tar = gunzip(packed, maxBytes);
  const entries = tar.ok ? readTar(tar.value) : tar;
  if (!entries.ok) return undefined;
  const packages = new Map<string, { facts: Map<string, LogFact>; digests: Map<string, Digest> }>();
  for (const { name: path, type, content } of entries.value) {
    const place = placeOf(path);
    if (type !== 'file' || !place) continue;
    const found = packages.get(place.name) ?? { facts: new Map(), digests: new Map() };
    packages.set(place.name, found);
    found.facts.set(path, factOf(place, path, content));
    if (place.file === 'package.json') {
      const digest = digestIn(content, `${place.name}-${place.version}.tar.gz`);
      if (digest) found.digests.set(place.version, digest);
    }
  }
  return packages;
}

interface Place {
  readonly name: string;
  /** Empty for what is of all versions. */
  readonly version: string;
  readonly file: string;
}

/** `NAME/VERSION/NAME.cabal`, `NAME/VERSION/package.json`, `NAME/preferred-versions`, and nothing else. */
function placeOf(path: string): Place | undefined {
  const [name = '', version = '', file = '', ...rest] = path.split('/');
  if (!isPackageName(name) || rest.length > 0) return undefined;
  if (version === 'preferred-versions' && file === '') return { name, version: '', file: version };
  if (!/^\d+(?:\.\d+)*$/.test(version)) return undefined;
  return file === 'package.json' || file === `${name}.cabal` ? { name, version, file } : undefined;
}

/** cabal 3.4 passes over an empty file and keeps to what it read before, so "any" has to be said. */
function factOf({ name, file }: Place, path: string, content: Uint8Array): LogFact {
  const isAny = file === 'preferred-versions' && content.length === 0;
  return isAny ? { path, content: Buffer.from(`${name} >=0`), isUsual: true } : { path, content };
}

/** `package.json` holds more digests, and a length; sha256 is the strongest. */
function digestIn(content: Uint8Array, filename: string): Digest | undefined {
  const places = ['signed', 'targets', `<repo>/package/${filename}`, 'hashes', 'sha256'];
  const value = places.reduce(memberOf, parseJson(content));
  const isDigest = typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
  return isDigest ? { algorithm: 'sha256', value } : undefined;
}

function memberOf(value: unknown, key: string): unknown {
  const holds = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return holds ? (value as Record<string, unknown>)[key] : undefined;
}
