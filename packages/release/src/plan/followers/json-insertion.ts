import { jsonSpans, type JsonPath, type JsonSpan, type Source } from '@forge/ecosystems';

/** A text that is put into a file, at an offset of its text. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Puts a value where a JSON document has none, with the objects that lead to it, in the style of the file:
 * its line ends, its indentation, one line or several. `undefined` where something else than an object
 * stands in the way.
 */
export function jsonInsertion(
  source: Source,
  path: readonly string[],
  value: unknown,
): Insertion | undefined {
  const spans = jsonSpans(source);
  const depth = path.findIndex((_, index) => !spans.find(path.slice(0, index + 1)));
  const container = spans.find(path.slice(0, depth));
  const [key = '', ...missing] = path.slice(depth);
  if (depth < 0 || !container || !isObject(container.value)) return undefined;
  const inner = missing.reduceRight<unknown>((rest, step) => ({ [step]: rest }), value);
  const members = spans.members(path.slice(0, depth));
  return placed(source, container, lastOf(members), { key, inner });
}

/** The steps of a pointer, with numbers where the document has arrays. */
export function jsonPathOf(document: unknown, steps: readonly string[]): JsonPath {
  let value = document;
  return steps.map((step) => {
    const index = Array.isArray(value) && /^\d+$/.test(step) ? Number(step) : step;
    value = (value as Record<string | number, unknown> | null | undefined)?.[index];
    return index;
  });
}

function placed(
  { text, eol }: Source,
  container: JsonSpan,
  last: JsonSpan | undefined,
  { key, inner }: { readonly key: string; readonly inner: unknown },
): Insertion {
  const lineEnd = eol === '\r\n' ? '\r\n' : '\n';
  const unit = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const outer = indentOf(text, container.start);
  const name = JSON.stringify(key);
  const isLong = text.slice(container.start, last?.start ?? container.start).includes('\n');
  if (last && !isLong) return { at: last.end, text: `, ${name}: ${onOneLine(inner)}` };
  const lineBreak = `${lineEnd}${outer}${unit}`;
  const rendered = JSON.stringify(inner, null, unit).replaceAll('\n', lineBreak);
  const entry = `${lineBreak}${name}: ${rendered}`;
  if (last) return { at: last.end, text: `,${entry}` };
  const isOpen = text.slice(container.start, container.end).includes('\n');
  return { at: container.start + 1, text: isOpen ? entry : `${entry}${lineEnd}${outer}` };
}

function onOneLine(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');
}

function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function lastOf(members: readonly { readonly span: JsonSpan }[]): JsonSpan | undefined {
  return [...members].sort((a, b) => a.span.start - b.span.start).at(-1)?.span;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
