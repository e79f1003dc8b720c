import type { Place } from '../errors';
import type { Source } from '../model/source';

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/** Files that many packages share are asked for thousands of places. */
const known = new WeakMap<Source, readonly number[]>();

/** 1-based line and column (in characters, without the byte order mark) of a byte offset, as edits and facts give them. */
export function placeAtByte(source: Source, offset: number): Required<Omit<Place, 'length'>> {
  const starts = known.get(source) ?? lineStarts(source);
  known.set(source, starts);
  const line = lineOf(starts, offset);
  const start = starts[line - 1] ?? 0;
  const before = Buffer.from(source.bytes.subarray(start, offset)).toString(source.encoding);
  return { file: source.file, line, column: before.length + 1 };
}

function lineStarts({ bytes, bom }: Source): number[] {
  const starts = [bom ? 3 : 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const ends =
      bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] !== lineFeed);
    if (ends) starts.push(at + 1);
  }
  return starts;
}

/** 1-based number of the last line that starts at or before `offset`. */
export function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
