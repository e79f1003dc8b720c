import type { Source } from '../model/source';

/** Every so many UTF-16 units a file that is not plain ASCII remembers how many bytes stand before. */
const stride = 2048;

/** Files that many packages share are asked for thousands of offsets. */
const known = new WeakMap<Source, (unit: number) => number>();

/** Converts offsets into `source.text` (UTF-16 units, as parsers give them) to byte offsets into `source.bytes`. */
export function byteOffsets(source: Source): (unit: number) => number {
  const offsets = known.get(source) ?? makeByteOffsets(source);
  known.set(source, offsets);
  return offsets;
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

/** Converts byte offsets into `source.bytes` after the BOM (as prism gives them) to offsets into `source.text`. */
export function unitOffset(source: Source, byteOffset: number): number {
  const lead = source.bom ? 3 : 0;
  const body = source.bytes.subarray(lead, lead + byteOffset);
  return Buffer.from(body).toString(source.encoding).length;
}
