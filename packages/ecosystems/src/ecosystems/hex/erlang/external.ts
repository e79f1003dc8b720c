import { isTerms, type Term } from './term';

/** Tags of the external term format (erts, "External Term Format", version 131). */
const tag = {
  version: 131,
  float: 70,
  small: 97,
  integer: 98,
  smallTuple: 104,
  empty: 106,
  list: 108,
  binary: 109,
  map: 116,
  atom: 119,
} as const;

/** What `:erlang.binary_to_term/1` reads; the Hex client takes no other answer for an answer. */
export function encodeTerm(term: Term): Uint8Array {
  return Buffer.concat([Buffer.of(tag.version), encode(term)]);
}

function encode(term: Term): Buffer {
  if (typeof term === 'string') return sized(tag.binary, Buffer.from(term, 'utf8'));
  if (typeof term === 'number') return encodeNumber(term);
  if (isTerms(term)) return encodeList(term);
  if ('atom' in term) return encodeAtom(term.atom);
  if ('tuple' in term)
    return Buffer.concat([Buffer.of(tag.smallTuple, term.tuple.length), ...term.tuple.map(encode)]);
  const entries = term.map.flatMap(([key, value]) => [encode(key), encode(value)]);
  return Buffer.concat([counted(tag.map, term.map.length), ...entries]);
}

function encodeNumber(value: number): Buffer {
  if (Number.isInteger(value) && value >= 0 && value < 256) return Buffer.of(tag.small, value);
  const isInteger = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  const bytes = Buffer.alloc(isInteger ? 5 : 9);
  bytes[0] = isInteger ? tag.integer : tag.float;
  if (isInteger) bytes.writeInt32BE(value, 1);
  else bytes.writeDoubleBE(value, 1);
  return bytes;
}

function encodeList(items: readonly Term[]): Buffer {
  if (items.length === 0) return Buffer.of(tag.empty);
  return Buffer.concat([
    counted(tag.list, items.length),
    ...items.map(encode),
    Buffer.of(tag.empty),
  ]);
}

function encodeAtom(name: string): Buffer {
  const bytes = Buffer.from(name, 'utf8');
  return Buffer.concat([Buffer.of(tag.atom, bytes.length), bytes]);
}

function sized(kind: number, content: Buffer): Buffer {
  return Buffer.concat([counted(kind, content.length), content]);
}

function counted(kind: number, count: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = kind;
  bytes.writeUInt32BE(count, 1);
  return bytes;
}
