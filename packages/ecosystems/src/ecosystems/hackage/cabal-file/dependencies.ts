import type { Slice } from './layout';

/** One item of `build-depends` and its like. Offsets are into the text of the file. */
export interface DependencyItem {
  readonly name: string;
  /** `:sub`, `:{a, b}` or, of a build tool, `:exe`; as written, without the colon. */
  readonly component?: string;
  /** The range without comments and white space around it; null when there is none. */
  readonly range: (Slice & { readonly text: string }) | null;
  readonly start: number;
}

export type ItemsResult =
  | { readonly ok: true; readonly items: readonly DependencyItem[] }
  | { readonly ok: false; readonly start: number; readonly length: number };

const item = /^([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?:\s*:\s*(\{[^}]*\}|[\w-]+))?\s*([^\s\w:{][^]*)?$/;

/**
 * The text from the first to the last line of a value, with comment lines and line ends between turned into
 * spaces: the same length, so that offsets stay true.
 */
export function valueText(text: string, lines: readonly Slice[]): string {
  let value = '';
  lines.forEach((line, index) => {
    const gap = line.start - (lines[index - 1]?.end ?? line.start);
    value += ' '.repeat(gap) + text.slice(line.start, line.end);
  });
  return value;
}

/** Comma-separated items; commas at both ends are allowed, commas inside `{}` and `()` separate nothing. */
export function parseItems(text: string, lines: readonly Slice[]): ItemsResult {
  const first = lines[0];
  if (!first) return { ok: true, items: [] };
  const items: DependencyItem[] = [];
  for (const piece of splitAtCommas(valueText(text, lines))) {
    const content = piece.text.trim();
    if (content === '') continue;
    const start = first.start + piece.start + piece.text.length - piece.text.trimStart().length;
    const parsed = parseItem(content);
    if (!parsed) return { ok: false, start, length: content.length };
    const { name, component, range } = parsed;
    items.push({
      name,
      start,
      ...(component === undefined ? {} : { component }),
      range: rangeOf(range, start + content.length),
    });
  }
  return { ok: true, items };
}

/** `core:sub >=1.2`; undefined for what names no package. */
export function parseItem(
  text: string,
): { name: string; component: string | undefined; range: string | undefined } | undefined {
  const [, name, component, range] = item.exec(text) ?? [];
  return name === undefined ? undefined : { name, component, range };
}

function rangeOf(range: string | undefined, end: number): DependencyItem['range'] {
  return range === undefined ? null : { text: range, start: end - range.length, end };
}

/** Commas inside `{}` and `()` separate nothing. */
export function splitAtCommas(value: string): { text: string; start: number }[] {
  const pieces: { text: string; start: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= value.length; at += 1) {
    const character = value[at];
    if (character === '{' || character === '(') depth += 1;
    else if (character === '}' || character === ')') depth -= 1;
    else if (character === undefined || (character === ',' && depth === 0)) {
      pieces.push({ text: value.slice(start, at), start });
      start = at + 1;
    }
  }
  return pieces;
}
