import type { Place } from '../errors';
import type { Source } from '../model/source';

/** 1-based line and column of an offset into `source.text`. Lines end with `\n`, `\r\n` or a lone `\r`. */
export function placeAt(source: Source, offset: number, length = 1): Place {
  const before = source.text.slice(0, offset).split(/\r\n|\n|\r/);
  const column = (before.at(-1) ?? '').length + 1;
  return { file: source.file, line: before.length, column, length };
}

/** The marked line with a caret line below it, as compilers print it. Empty when the place has no line. */
export function codeFrame(source: Source, place: Place): string {
  if (place.line === undefined) return '';
  const line = source.text.split(/\r\n|\n|\r/)[place.line - 1] ?? '';
  const number = String(place.line).padStart(4);
  const frame = [`${number} | ${line.replaceAll('\t', ' ')}`];
  if (place.column !== undefined) {
    const room = Math.max(1, Math.min(place.length ?? 1, line.length - place.column + 2));
    frame.push(`     | ${' '.repeat(place.column - 1)}${'^'.repeat(room)}`);
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
