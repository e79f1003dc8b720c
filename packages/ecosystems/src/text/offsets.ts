import type { Source } from '../model/source';

/** Every so many UTF-16 units a file that is not plain ASCII remembers how many bytes stand before. */
const stride = 2048;

/** Files that many packages share are asked for thousands of offsets. */
const known = new WeakMap<Source, (unit: number) => number>();

/** Converts offsets into `source.text` (UTF-16 units, as parsers give them) to byte offsets into `source.bytes`. */
function byteOffsets(source: Source): (unit: number) => number {
  const offsets = known.get(source) ?? makeByteOffsets(source);
  known.set(source, offsets);
  return offsets;
}

/** The bytes of a piece of `source.text`, as places and edits give them: `end` is exclusive. */
export function byteSpan(
  source: Source,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const toByte = byteOffsets(source);
  return { start: toByte(start), end: toByte(end) };
}

function makeByteOffsets({ text, bytes, bom }: Source): (unit: number) => number {
  const lead = bom ? 3 : 0;
  const oneByteEach = bytes.length - lead === text.length;
  if (oneByteEach) return (unit) => unit + lead;
  const marks = [lead];
  return (unit) => {
    const last = Math.floor(unit / stride);
    for (let at = marks.length; at <= last; at++)
      marks.push((marks[at - 1] ?? 0) + byteLength(text, (at - 1) * stride, at * stride));
    return (marks[last] ?? 0) + byteLength(text, last * stride, unit);
  };
}

/** UTF-8 bytes of [start, end). A pair of surrogates counts where its first half stands, even when cut in two. */
function byteLength(text: string, start: number, end: number): number {
  const from = isPairAt(text, start - 1) ? start + 1 : start;
  const to = isPairAt(text, end - 1) ? end + 1 : end;
  return from >= to ? 0 : Buffer.byteLength(text.slice(from, to), 'utf8');
}

function isPairAt(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at, at + 2));
}

/**
 * Converts offsets in bytes of UTF-8 of `source.text`, as prism counts them whatever the encoding of the file,
 * to offsets into `source.text`.
 */
export function unitOffset(source: Source, utf8Offset: number): number {
  const table = unitTable(source);
  return table ? (table[utf8Offset] ?? source.text.length) : utf8Offset;
}

const unitTables = new WeakMap<Source, Uint32Array | 'one byte each'>();

function unitTable(source: Source): Uint32Array | undefined {
  const known = unitTables.get(source) ?? makeUnitTable(source.text) ?? 'one byte each';
  unitTables.set(source, known);
  return known === 'one byte each' ? undefined : known;
}

/** Units by byte; `undefined` for a text of one byte per unit, which needs no table. */
function makeUnitTable(text: string): Uint32Array | undefined {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length === text.length) return undefined;
  const table = new Uint32Array(bytes.length + 1);
  let units = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    table[at] = units;
    // A sequence of UTF-8 ends where the next byte does not continue it; four bytes are two units.
    const next = bytes[at + 1] ?? 0;
    if ((next & 0xc0) !== 0x80) units += lastSequenceIsLong(bytes, at) ? 2 : 1;
  }
  table[bytes.length] = units;
  return table;
}

function lastSequenceIsLong(bytes: Uint8Array, end: number): boolean {
  return end >= 3 && (bytes[end - 3] ?? 0) >= 0xf0;
}
