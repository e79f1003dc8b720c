import type { Place } from '../errors';
import type { Source } from '../model/source';
import { lineOf } from './byte-place';

/** A minified manifest is one long line: a frame shows this many characters of it, around the place. */
const width = 160;

/** 1-based line and column of an offset into `source.text`. Lines end with `\n`, `\r\n` or a lone `\r`. */
export function placeAt(source: Source, offset: number, length = 1): Place {
  const starts = lineStarts(source);
  const line = lineOf(starts, Math.min(offset, source.text.length));
  const column = Math.min(offset, source.text.length) - (starts[line - 1] ?? 0) + 1;
  return { file: source.file, line, column, length };
}

/** The marked line with a caret line below it, as compilers print it. Empty when the place has no line. */
export function codeFrame(source: Source, place: Place): string {
  if (place.line === undefined) return '';
  const starts = lineStarts(source);
  const whole = source.text.slice(starts[place.line - 1], starts[place.line]);
  const line = whole.replace(/[\r\n]+$/, '');
  const number = String(place.line).padStart(4);
  const cut = Math.max(0, (place.column ?? 1) - width / 2);
  const shown = line.slice(cut, cut + width);
  const frame = [`${number} | ${shown.replaceAll('\t', ' ')}`];
  if (place.column !== undefined) {
    const at = place.column - cut;
    const room = Math.max(1, Math.min(place.length ?? 1, shown.length - at + 2));
    frame.push(`     | ${' '.repeat(at - 1)}${'^'.repeat(room)}`);
  }
  return frame.join('\n');
}

/** Place and frame of an offset in one, ready for `new ForgeError(code, { what, ...located(...) })`. */
export function located(
  source: Source,
  offset: number,
  length = 1,
): { where: Place; frame: string } {
  const where = placeAt(source, offset, length);
  return { where, frame: codeFrame(source, where) };
}

/** Place and frame of what a span marks; of the file alone where there is none to show. */
export function locatedSpan(
  source: Source,
  span: { readonly start: number; readonly end: number } | undefined,
): { where: Place; frame?: string } {
  if (!span) return { where: { file: source.file } };
  return located(source, span.start, Math.max(1, span.end - span.start));
}

/** A broken file may have a problem in every line. */
const known = new WeakMap<Source, readonly number[]>();

function lineStarts(source: Source): readonly number[] {
  const found = known.get(source);
  if (found) return found;
  const starts = [0];
  for (const { 0: end, index } of source.text.matchAll(/\r\n|\n|\r/g))
    starts.push(index + end.length);
  known.set(source, starts);
  return starts;
}
