import type { Source } from '../model/source';
import { TomlScanner, unescapeToml, type TomlPath, type TomlSpan } from './toml-scanner';

/** A value's place; `value` is there for strings. */
export type FoundToml = TomlSpan & { readonly value?: string };

/** A replacement of the text at [start, end), ready for `editAt`. */
export interface TomlReplacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Where the values of a TOML file stand, for edits. Offsets are units of `source.text`. */
export interface TomlSpans {
  /**
   * The value at a path of keys and array indices, however it is written: below a header, as a dotted or
   * quoted key, in an inline table. Tables that only a header opens have no value: see `header`.
   */
  find(path: TomlPath): FoundToml | undefined;
  /** The header `[a.b]` (or the n-th `[[a]]` by `['a', n]`), brackets included. */
  header(path: TomlPath): { readonly start: number; readonly end: number } | undefined;
  /** Takes out a key with its value, or an array item, together with one comma or with its line. */
  removal(path: TomlPath): TomlReplacement | undefined;
  /** Adds `key = value` right after the value at `path`, in the same table and in the same style. */
  insertion(path: TomlPath, key: string, value: string): TomlReplacement | undefined;
  /** Puts `key = value` in the place of the value at `path` and of its key. */
  exchange(path: TomlPath, key: string, value: string): TomlReplacement | undefined;
}

/** Scans a file that `parseToml` accepts. Costs a pass over the text; only edits need it. */
export function tomlSpans(source: Source): TomlSpans {
  const { text } = source;
  const scanner = new TomlScanner(text);
  const on = <T>(path: TomlPath, edit: (span: TomlSpan) => T): T | undefined => {
    const span = scanner.value(path);
    return span && edit(span);
  };
  return {
    find: (path) => on(path, withValue),
    header: (path) => scanner.header(path),
    removal: (path) =>
      on(path, (span) => (span.holder ? leave(text, span) : dropLines(text, span))),
    insertion: (path, key, value) => on(path, (span) => follow(source, span, `${key} = ${value}`)),
    exchange: (path, key, value) =>
      on(path, ({ lastKeyStart: start, end }) => ({ start, end, newText: `${key} = ${value}` })),
  };
}

function withValue(span: TomlSpan): FoundToml {
  if (span.kind !== 'string') return span;
  const isLiteral = !span.escaped && !span.raw.includes('\n');
  return { ...span, value: isLiteral ? contentOf(span) : unescapeToml(span.raw) };
}

function contentOf({ raw, start, contentStart, contentEnd }: TomlSpan): string {
  return raw.slice(contentStart - start, contentEnd - start);
}

/** A member leaves its inline table or array; the comma that goes is the one behind it, for the last the one before. */
function leave(text: string, span: TomlSpan): TomlReplacement {
  const members = span.holder?.members ?? [];
  const index = members.indexOf(span);
  const next = members[index + 1];
  const previous = members[index - 1];
  if (next) return { start: span.keyStart, end: next.keyStart, newText: '' };
  if (previous) return { start: previous.end, end: span.end, newText: '' };
  const comma = /^[ \t]*,/.exec(text.slice(span.end));
  return { start: span.keyStart, end: span.end + (comma?.[0].length ?? 0), newText: '' };
}

function dropLines(text: string, span: TomlSpan): TomlReplacement {
  const start = text.lastIndexOf('\n', span.keyStart - 1) + 1;
  const newline = text.indexOf('\n', span.end);
  return { start, end: newline < 0 ? text.length : newline + 1, newText: '' };
}

function follow(source: Source, span: TomlSpan, entry: string): TomlReplacement {
  const at = span.holder ? span.end : endOfLine(source.text, span.end);
  if (span.holder) return { start: at, end: at, newText: `, ${entry}` };
  const lineStart = source.text.lastIndexOf('\n', span.keyStart - 1) + 1;
  const lead = source.text.slice(lineStart, span.lastKeyStart);
  const eol = source.eol === '\r\n' ? '\r\n' : '\n';
  return { start: at, end: at, newText: `${eol}${lead}${entry}` };
}

function endOfLine(text: string, from: number): number {
  const end = text.slice(from).search(/\r?\n/);
  return end < 0 ? text.length : from + end;
}
