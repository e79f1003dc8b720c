import { posix } from 'node:path';
import type { Reader, Source } from '../../model';
import type { Span } from './elixir/syntax';
import type { TextValue } from './elixir/text-value';
import type { TextNode } from './erlang';

/** Where a version or a requirement is stated. Spans are offsets into `source.text`. */
export interface Place {
  readonly source: Source;
  /** For people: `version`, `@version`, `VERSION`. */
  readonly via: string;
  /** What is said; null where only a run knows. */
  readonly value: string | null;
  /** What a code frame marks. */
  readonly at: Span;
  /** The characters of `value`, without quotes; absent where no single text says it. */
  readonly content?: Span;
  /** Why it cannot be edited; absent when it can. */
  readonly fixed?: string;
  /** What it says once the package itself has another version, where it is made from that version. */
  readonly follows?: (ownVersion: string) => string;
}

/** Where an expression of a mix.exs stands that says a text. */
interface Stated {
  readonly source: Source;
  readonly reader: Reader;
  /** Name of the place, where the expression gives no better one. */
  readonly via: string;
}

export function placeOf(value: TextValue, stated: Stated): Place {
  const { source } = stated;
  if (value.from === 'file') return inFile(value.path, value.at, stated);
  if (value.from === 'literal') {
    const { form, content, start, end } = value.text;
    const place = { via: value.via ?? stated.via, value: value.text.value, at: { start, end } };
    const fixed = form === 'plain' ? {} : { fixed: `it is written as a ${form}` };
    return { source, ...place, content, ...fixed };
  }
  const place = { source, via: stated.via, at: value.at };
  if (value.from === 'computed')
    return { ...place, value: null, fixed: value.why ?? 'it is computed when Mix runs' };
  const texts = value.parts.map((part) =>
    typeof part === 'string' ? part : placeOf(part, stated).value,
  );
  const text = texts.includes(null) ? null : texts.join('');
  return { ...place, value: text, fixed: 'it is put together when Mix runs' };
}

/** A string or binary of a file of Erlang terms. */
export function erlangText(node: TextNode, source: Source, via: string): Place {
  const { value, content } = node;
  const place = { source, via, value, at: { start: node.start, end: node.end } };
  if (content) return { ...place, content };
  return { ...place, fixed: 'it is written with escapes or in several parts' };
}

/** A file whose whole content, but for white space around it, is the text. Mix runs in the manifest's directory. */
export function inFile(path: string, at: Span, { source, reader, via }: Stated): Place {
  const file = posix.join(posix.dirname(source.file), path);
  const other = reader.read(file);
  const unknown = (fixed: string): Place => ({ source, via, value: null, at, fixed });
  if (!other) return unknown(`\`${file}\`, which holds it, cannot be read`);
  const value = other.text.trim();
  if (value === '') return unknown(`\`${file}\`, which holds it, is empty`);
  // `String.trim/1` keeps it (ran, Elixir 1.14), and Mix then refuses the version.
  if (other.bom) return unknown(`\`${file}\`, which holds it, begins with a byte order mark`);
  const start = other.text.indexOf(value);
  const content = { start, end: start + value.length };
  return { source: other, via: posix.basename(file), value, at: content, content };
}

/** True where one text is both places. */
export function isSameText(a: Place, b: Place): boolean {
  if (!a.content || !b.content) return false;
  return a.source.file === b.source.file && a.content.start === b.content.start;
}
