import type { Source } from '../model/source';

/** Converts offsets into `source.text` (UTF-16 units, as parsers give them) to byte offsets into `source.bytes`. */
export function byteOffsets(source: Source): (unit: number) => number {
  const lead = source.bom ? 3 : 0;
  const oneByteEach = source.bytes.length - lead === source.text.length;
  if (oneByteEach) return (unit) => unit + lead;
  // Each call encodes the text before the offset; edits are few, so this beats a table for every file.
  return (unit) => lead + Buffer.byteLength(source.text.slice(0, unit), 'utf8');
}

/** Converts byte offsets into `source.bytes` after the BOM (as prism gives them) to offsets into `source.text`. */
export function unitOffset(source: Source, byteOffset: number): number {
  const lead = source.bom ? 3 : 0;
  const body = source.bytes.subarray(lead, lead + byteOffset);
  return Buffer.from(body).toString(source.encoding).length;
}
