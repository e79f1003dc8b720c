import type { Source } from '../../../model';
import { valueText } from '../cabal-file/dependencies';
import type { Element } from '../cabal-file/layout';

/** Does the project hold the package of this `.cabal` file? The path is relative to the project. */
export type PackagePatterns = (manifest: string) => boolean;

/** More alternatives than people write; a pattern that has more counts by its first ones. */
const mostAlternatives = 256;

/**
 * `packages:` and `optional-packages:`: directories and `.cabal` files with `*` and `{a,b}` in their segments.
 * Archives and addresses among them match nothing here. Without them a project is empty (cabal 3.4).
 */
export function packagePatterns(source: Source, elements: readonly Element[]): PackagePatterns {
  const written = elements.flatMap((element) =>
    element.kind === 'field' && /^(?:optional-)?packages$/.test(element.name)
      ? entriesOf(valueText(source.text, element.lines))
      : [],
  );
  const entries = written.flatMap(alternatives).map(normalized);
  const plain = new Set(entries.filter((entry) => !entry.includes('*')));
  const patterns = entries.filter((entry) => entry.includes('*')).map((each) => each.split('/'));
  return (manifest) => {
    const directory = manifest.includes('/') ? manifest.slice(0, manifest.lastIndexOf('/')) : '';
    return [manifest, directory].some(
      (path) => plain.has(path) || patterns.some((pattern) => matches(pattern, path.split('/'))),
    );
  };
}

/** Separated by blanks or commas; a comma inside braces belongs to the pattern. */
function entriesOf(value: string): string[] {
  return value.match(/(?:\{[^{}]*\}|[^\s,{}])+/g) ?? [];
}

/** `a{b,c}` → `ab`, `ac`. */
function alternatives(entry: string): string[] {
  let expanded = [''];
  for (const [part, choices] of entry.matchAll(/\{([^{}]*)\}|[^{}]+/g)) {
    const ends = choices === undefined ? [part] : choices.split(',').map((each) => each.trim());
    expanded = ends.flatMap((end) => expanded.map((start) => start + end));
    expanded.length = Math.min(expanded.length, mostAlternatives);
  }
  return expanded;
}

function normalized(entry: string): string {
  return entry.replace(/\/+$/, '').replace(/^(?:\.\/+)+|^\.$/, '');
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => matchesSegment(segment.split('*'), path[index] ?? ''))
  );
}

/** The pieces between the stars stand in this order; each is looked for as early as it can stand. */
function matchesSegment([head = '', ...rest]: readonly string[], text: string): boolean {
  const tail = rest.pop();
  if (tail === undefined) return head === text;
  if (!text.startsWith(head) || text.length < head.length + tail.length) return false;
  let at = head.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.endsWith(tail) && at <= text.length - tail.length;
}
