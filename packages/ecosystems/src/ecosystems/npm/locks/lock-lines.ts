import type { LockPlace } from './lock';

/** A line `key: value` of a lock file in the shape of YAML, as pnpm and yarn write it. */
export interface LockLine {
  /** Keys from the outermost one, this one included, without quotes. */
  readonly path: readonly string[];
  /** Quotes included in the span, not in the text. */
  readonly key: LockPlace;
  readonly value: LockPlace;
}

/** Lines in their order, without building a document: lock files have tens of thousands, and a fixed form. */
export function* lockLines(text: string): Generator<LockLine> {
  const open: { readonly indent: number; readonly key: string }[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const indent = line.length - content.length;
    const found = splitLine(content, index + indent);
    if (!found) continue;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    open.push({ indent, key: found.key.text });
    yield { path: open.map(({ key }) => key), ...found };
  }
}

function splitLine(
  content: string,
  at: number,
): { readonly key: LockPlace; readonly value: LockPlace } | undefined {
  // `? "…"` opens a key that is too long for one line; its value follows the colon of the next line.
  const lead = content.startsWith('? ') ? 2 : 0;
  const end = lead + keyLength(content.slice(lead));
  if (end === lead || (lead === 0 && content[end] !== ':')) return undefined;
  const value = content.slice(end + 1);
  const start = at + end + 1 + (value.length - value.trimStart().length);
  return {
    key: placeOf(content.slice(lead, end), at + lead),
    value: placeOf(value.trim(), start),
  };
}

/** Up to the colon, or to the end of a key behind `?`; zero for what is no key. */
function keyLength(content: string): number {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(content)?.[0].length;
  if (quoted !== undefined) return quoted;
  const colon = content.search(/:(?:\s|$)/);
  return Math.max(0, colon);
}

function placeOf(raw: string, start: number): LockPlace {
  return { start, end: start + raw.length, text: unquoted(raw) };
}

function unquoted(raw: string): string {
  if (raw.length < 2 || raw[0] !== raw.at(-1)) return raw;
  const inner = raw.slice(1, -1);
  if (raw[0] === "'") return inner.replaceAll("''", "'");
  return raw[0] === '"' ? inner.replace(/\\(.)/g, '$1') : raw;
}
