import { verify } from 'node:crypto';
import { gunzip } from '../../../archive';
import { ForgeError } from '../../../errors';
import { fail, ok, type Result } from '../../../model';

/** What a client learns of one release from the repository. */
export interface ListedRelease {
  readonly version: string;
  /** sha256 of the tarball, lower-case hex. */
  readonly outerChecksum: string;
  readonly innerChecksum: string;
  readonly dependencies: readonly ListedDependency[];
}

export interface ListedDependency {
  readonly name: string;
  readonly requirement: string;
  readonly optional: boolean;
  readonly app: string;
}

export interface ListedPackage {
  readonly name: string;
  /** Name of the repository, which a client compares with the one that it asked. */
  readonly repository: string;
  readonly releases: readonly ListedRelease[];
}

type Fields = ReadonlyMap<number, readonly (number | Buffer)[]>;

const maxBytes = 64 * 1024 * 1024;

/**
 * The client's side of `GET /packages/NAME`: checks the signature, then reads. FORGE-R001 for what is no such
 * document, FORGE-R004 for a wrong signature. For consumers without Hex, and for tests.
 */
export function readPackageDocument(body: Uint8Array, publicKey: string): Result<ListedPackage> {
  const unpacked = gunzip(body, maxBytes);
  if (!unpacked.ok) return unpacked;
  const signed = fieldsOf(Buffer.from(unpacked.value));
  const payload = bytes(signed, 1);
  if (!verify('sha512', payload, publicKey, bytes(signed, 2)))
    return fail(new ForgeError('FORGE-R004', { what: 'the signature does not fit the document' }));
  return ok(readPackagePayload(payload));
}

/** What a signed document is about, whoever signed it. */
export function signedPayload(document: Uint8Array): Uint8Array {
  return bytes(fieldsOf(Buffer.from(document)), 1);
}

export function readPackagePayload(payload: Uint8Array): ListedPackage {
  const found = fieldsOf(Buffer.from(payload));
  return {
    name: text(found, 2),
    repository: text(found, 3),
    releases: messages(found, 1).map(release),
  };
}

function release(fields: Fields): ListedRelease {
  return {
    version: text(fields, 1),
    innerChecksum: bytes(fields, 2).toString('hex'),
    outerChecksum: bytes(fields, 5).toString('hex'),
    dependencies: messages(fields, 3).map((each) => ({
      name: text(each, 1),
      requirement: text(each, 2),
      optional: each.get(3)?.[0] === 1,
      app: text(each, 4) || text(each, 1),
    })),
  };
}

/** Fields by number: varints as numbers, everything else as bytes (wire types 0 and 2 are all there is). */
function fieldsOf(message: Buffer): Fields {
  const fields = new Map<number, (number | Buffer)[]>();
  for (let at = 0; at < message.length;) {
    const [key, afterKey] = varint(message, at);
    const [value, afterValue] = varint(message, afterKey);
    const isBytes = (key & 7) === 2;
    at = isBytes ? afterValue + value : afterValue;
    const found = fields.get(key >>> 3) ?? [];
    found.push(isBytes ? message.subarray(afterValue, at) : value);
    fields.set(key >>> 3, found);
  }
  return fields;
}

function varint(message: Buffer, from: number): readonly [value: number, end: number] {
  let value = 0;
  let scale = 1;
  let at = from;
  let byte: number;
  do {
    byte = message[at] ?? 0;
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    at += 1;
  } while (byte >= 0x80);
  return [value, at];
}

function bytes(fields: Fields, number: number): Buffer {
  const [found] = fields.get(number) ?? [];
  return typeof found === 'object' ? found : Buffer.alloc(0);
}

function text(fields: Fields, number: number): string {
  return bytes(fields, number).toString('utf8');
}

function messages(fields: Fields, number: number): Fields[] {
  return (fields.get(number) ?? []).flatMap((each) =>
    typeof each === 'object' ? [fieldsOf(each)] : [],
  );
}
