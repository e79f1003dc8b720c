import type { Source } from '../../../model';
import type { Field } from './layout';

/** A replacement of the text at [start, end), ready for `editAt`. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The lines of a field, from their indentation to before their line end. */
interface Lines {
  readonly start: number;
  readonly end: number;
}

/** Undefined where something else stands on the lines of the field, as braces allow. */
function linesOf({ text }: Source, field: Field): Lines | undefined {
  let { start, end } = field;
  while (start > 0 && isBlank(text[start - 1])) start -= 1;
  while (isBlank(text[end])) end += 1;
  const isAlone = isBreak(text[start - 1]) && isBreak(text[end]);
  return isAlone ? { start, end } : undefined;
}

/** Takes the lines of a field out, with one line end. */
export function withoutField(source: Source, field: Field): LineEdit | undefined {
  const lines = linesOf(source, field);
  if (!lines) return undefined;
  const after = breakAt(source.text, lines.end);
  // The last line of a file that ends without a line end leaves none behind either.
  const before = after === '' ? breakBefore(source.text, lines.start) : '';
  return {
    start: lines.start - before.length,
    end: lines.end + after.length,
    newText: '',
  };
}

/** Adds a field on a line of its own below another one, written in its style: indentation, capitals, alignment. */
export function withFieldBelow(
  source: Source,
  above: Field,
  name: string,
  value: string,
): LineEdit | undefined {
  const { text } = source;
  const lines = linesOf(source, above);
  if (!lines) return undefined;
  const { end } = lines;
  const lineEnd = breakAt(text, end) || breakBefore(text, lines.start) || '\n';
  const indentation = text.slice(lines.start, above.start);
  const line = `${indentation}${styledField(text, above, name)}${value}`;
  return { start: end, end, newText: lineEnd + line };
}

/** The name with its colon and the blanks around it: `Version:   1.2` → `X-Field:   `. */
function styledField(text: string, above: Field, name: string): string {
  const written = text.slice(above.start, above.start + above.name.length);
  const [, blanks = '', gap = ' '] =
    /^([ \t]*):([ \t]*)(?=[^\s{])/.exec(text.slice(above.start + written.length)) ?? [];
  const head = `${inCaseOf(written, name)}${blanks}:`;
  const spare = written.length + blanks.length + 1 + gap.length - head.length;
  return head + (gap === '' || /\t/.test(gap) ? gap : ' '.repeat(Math.max(1, spare)));
}

function inCaseOf(written: string, name: string): string {
  if (written === written.toLowerCase()) return name;
  if (written === written.toUpperCase()) return name.toUpperCase();
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\u00a0';
}

function isBreak(character: string | undefined): boolean {
  return character === undefined || character === '\n' || character === '\r';
}

function breakAt(text: string, at: number): string {
  if (text.startsWith('\r\n', at)) return '\r\n';
  return at < text.length && isBreak(text[at]) ? (text[at] ?? '') : '';
}

function breakBefore(text: string, at: number): string {
  if (at >= 2 && text.startsWith('\r\n', at - 2)) return '\r\n';
  return at > 0 && isBreak(text[at - 1]) ? (text[at - 1] ?? '') : '';
}
