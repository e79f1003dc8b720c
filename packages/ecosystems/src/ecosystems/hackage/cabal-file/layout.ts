import { ForgeError } from '../../../errors';
import { fail, ok, type Result, type Source } from '../../../model';
import { located } from '../../../text';
import { take, type TextCursor } from '../text-cursor';

/** A piece of the text, without the white space around it. Offsets are UTF-16 units. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

export interface Field {
  readonly kind: 'field';
  /** Lower case: names of fields do not care. */
  readonly name: string;
  readonly start: number;
  /** Behind the value, its blanks and its closing brace. */
  readonly end: number;
  /** The value line by line; blank and comment lines between are left out. */
  readonly lines: readonly Slice[];
}

export interface Section {
  readonly kind: 'section';
  readonly name: string;
  readonly start: number;
  /** What stands behind the name: `my-lib`, `os(windows) && !flag(x)`. */
  readonly argument: string;
  readonly elements: readonly Element[];
}

export type Element = Field | Section;

type Token =
  | { readonly kind: 'indent'; readonly column: number; readonly start: number }
  | { readonly kind: 'open' | 'close' | 'inline' | 'end'; readonly start: number };

interface Cursor extends TextCursor {
  /** True right after a line end, where indentation counts. */
  lineStart: boolean;
  /** Sections around the cursor. */
  depth: number;
  /** Offset of the first thing that fits nowhere. */
  broken?: { readonly start: number; readonly why: string };
}

/** More than people write, and less than what the stack of a process holds. */
const deepest = 200;

// A no-break space counts as indentation, and a tab is one column wide (Cabal 3.4 refuses what only looks aligned).
const emptyLines = /(?:[ \t\u00a0]*(?:--[^\r\n]*)?(?:\r\n|\n|\r))*(?:[ \t\u00a0]*--[^\r\n]*$)?/y;
const indentation = /[ \t\u00a0]*/y;
const blanks = /[ \t]*(?:--[^\r\n]*)?/y;
const lineEnd = /\r\n|\n|\r/y;
const word = /[-\w.'\u0080-\uffff]+/y;
const argumentText =
  /(?:"(?:[^"\\\r\n]|\\.)*"|(?!--)[-\w.'\u0080-\uffff]+|(?!--)[^-\w.'\u0080-\uffff\r\n{}":])*/y;
const spaces = /[ \t]*/y;
const restOfLine = /[^\r\n]*/y;
const braceContent = /[^\r\n{}]*/y;

/**
 * The tree of sections and fields of a `.cabal` or `cabal.project` file, by layout or by braces, after the
 * grammar in Cabal's `Distribution.Fields.Lexer` and `Distribution.Fields.Parser` (3.4).
 * FORGE-M002 where Cabal cannot read on either.
 */
export function parseLayout(source: Source): Result<readonly Element[]> {
  const cursor: Cursor = { text: source.text, at: 0, lineStart: true, depth: 0 };
  const elements = readElements(cursor, 0);
  const rest = peek(cursor);
  if (!cursor.broken && rest.kind !== 'end')
    cursor.broken = { start: rest.start, why: `does not expect \`${source.text[rest.start]}\`` };
  if (!cursor.broken) return ok(elements);
  const { start, why } = cursor.broken;
  const what = `\`${source.file}\` cannot be read: the format ${why} here`;
  return fail(new ForgeError('FORGE-M002', { what, ...located(source, start) }));
}

function readElements(cursor: Cursor, minimum: number): Element[] {
  const elements: Element[] = [];
  while (!cursor.broken) {
    const token = peek(cursor);
    if (token.kind === 'inline') elements.push(...readElement(cursor, token.start, undefined));
    else if (token.kind === 'indent' && token.column >= minimum)
      elements.push(...readElement(cursor, token.start, token.column));
    else break;
  }
  return elements;
}

/** `column` is undefined inside braces on one line, where layout does not count. */
function readElement(cursor: Cursor, start: number, column: number | undefined): Element[] {
  cursor.at = start;
  cursor.lineStart = false;
  const name = take(cursor, word).toLowerCase();
  if (!/[a-z\u0080-\uffff]/.test(name)) {
    cursor.broken = { start, why: 'expects the name of a field or section' };
    return [];
  }
  take(cursor, spaces);
  if (cursor.text[cursor.at] === ':') {
    cursor.at += 1;
    const lines = readValue(cursor, column);
    return [{ kind: 'field', name, start, end: cursor.at, lines }];
  }
  const argument = take(cursor, argumentText).trim();
  return [{ kind: 'section', name, start, argument, elements: readBody(cursor, start, column) }];
}

function readBody(cursor: Cursor, start: number, column: number | undefined): Element[] {
  const token = peek(cursor);
  if (cursor.depth === deepest) cursor.broken = { start, why: 'has too many levels of sections' };
  else if (token.kind === 'open') return nested(cursor, () => readBraces(cursor, token.start));
  else if (column !== undefined) return nested(cursor, () => readElements(cursor, column + 1));
  else cursor.broken = { start, why: 'expects `:` or `{` behind the name' };
  return [];
}

function nested(cursor: Cursor, read: () => Element[]): Element[] {
  cursor.depth += 1;
  const elements = read();
  cursor.depth -= 1;
  return elements;
}

function readBraces(cursor: Cursor, open: number): Element[] {
  cursor.at = open + 1;
  cursor.lineStart = false;
  const elements = readElements(cursor, 0);
  const token = peek(cursor);
  if (token.kind === 'close') {
    cursor.at = token.start + 1;
    cursor.lineStart = false;
  } else cursor.broken ??= { start: open, why: 'finds no `}` for the brace that opens' };
  return elements;
}

function readValue(cursor: Cursor, column: number | undefined): Slice[] {
  const token = peekValueBrace(cursor);
  if (token !== undefined) return readBracedValue(cursor, token);
  if (column === undefined) return sliceOf(cursor, braceContent);
  const lines = sliceOf(cursor, restOfLine);
  while (cursor.at < cursor.text.length) {
    const before = cursor.at;
    take(cursor, lineEnd);
    take(cursor, emptyLines);
    const indent = take(cursor, indentation).length;
    if (indent <= column || cursor.at >= cursor.text.length) {
      cursor.at = before;
      break;
    }
    lines.push(...sliceOf(cursor, restOfLine));
  }
  return lines;
}

/** The brace that opens the value, on the same line or alone on a later one. */
function peekValueBrace(cursor: Cursor): number | undefined {
  const { at, lineStart } = cursor;
  take(cursor, spaces);
  if (cursor.text[cursor.at] === '{') return cursor.at;
  const token = /[\r\n]/.test(cursor.text[cursor.at] ?? '') ? peek(cursor) : undefined;
  cursor.at = at;
  cursor.lineStart = lineStart;
  return token?.kind === 'open' ? token.start : undefined;
}

function readBracedValue(cursor: Cursor, open: number): Slice[] {
  const lines: Slice[] = [];
  cursor.at = open + 1;
  while (cursor.at < cursor.text.length) {
    lines.push(...sliceOf(cursor, braceContent));
    if (/[{}]/.test(cursor.text[cursor.at] ?? '')) break;
    take(cursor, lineEnd);
    take(cursor, emptyLines);
  }
  cursor.lineStart = false;
  if (cursor.text[cursor.at] === '}') cursor.at += 1;
  else cursor.broken = { start: open, why: 'finds no `}` for the brace that opens' };
  return lines;
}

/** What comes next, without consuming more than blank and comment lines. */
function peek(cursor: Cursor): Token {
  if (!cursor.lineStart) {
    take(cursor, blanks);
    const start = cursor.at;
    if (take(cursor, lineEnd) === '') return tokenAt(cursor, start, 'inline');
    cursor.lineStart = true;
  }
  take(cursor, emptyLines);
  const lineAt = cursor.at;
  const column = take(cursor, indentation).length;
  const start = cursor.at;
  cursor.at = lineAt;
  const token = tokenAt(cursor, start, 'inline');
  return token.kind === 'inline' ? { kind: 'indent', column, start } : token;
}

function tokenAt(cursor: Cursor, start: number, otherwise: 'inline'): Token {
  if (start >= cursor.text.length) return { kind: 'end', start };
  const character = cursor.text[start];
  if (character === '{') return { kind: 'open', start };
  return { kind: character === '}' ? 'close' : otherwise, start };
}

function sliceOf(cursor: Cursor, pattern: RegExp): Slice[] {
  take(cursor, spaces);
  const start = cursor.at;
  const length = take(cursor, pattern).trimEnd().length;
  return length > 0 ? [{ start, end: start + length }] : [];
}
