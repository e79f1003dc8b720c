import type { RequirementPolicy } from '../../../model';
import { contains } from './contains';
import { compareComponents, nextSibling, type Components } from '../pvp';
import type { Bound, Compound, Range } from './range';

/** A replacement inside the text of a range. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** True when versions fall out of the range by it: `^>=1.2` becomes `^>=1.3`. */
  readonly shifts: boolean;
}

interface Task {
  readonly text: string;
  readonly version: Components;
  readonly policy: RequirementPolicy;
}

/** What moves the bounds that stand in the way; undefined when one of them cannot be moved. */
export function rangeSplices(
  text: string,
  range: Range,
  version: Components,
  policy: RequirementPolicy,
): readonly Splice[] | undefined {
  return moves(range, { text, version, policy });
}

/** The text between `start` and `end` with the replacements in it. */
export function applySplices(
  text: string,
  splices: readonly Splice[],
  start = 0,
  end = text.length,
): string {
  let result = '';
  let at = start;
  for (const splice of [...splices].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at, end);
}

function moves(range: Range, task: Task): Splice[] | undefined {
  if (range.kind === 'bound') return moveBound(range, task);
  if (!('parts' in range)) return range.kind === 'any' ? [] : undefined;
  if (range.kind === 'and') return together(range.parts.map((part) => moves(part, task)));
  const holding = range.parts.filter((part) => contains(part, task.version));
  if (holding.length === 0) return extend(range, task);
  // Of several branches, only those move that the new version takes.
  return task.policy === 'always' ? together(holding.map((part) => moves(part, task))) : [];
}

function together(all: readonly (Splice[] | undefined)[]): Splice[] | undefined {
  return all.every((each) => each !== undefined) ? all.flatMap((each) => each ?? []) : undefined;
}

/** No branch holds the version: the highest one is widened, or a copy of it that was moved is put behind the last. */
function extend(range: Compound, task: Task): Splice[] | undefined {
  const last = range.parts.at(-1);
  const highest = highestOf(range.parts);
  const splices = highest && moves(highest, task);
  if (!last || !highest || !splices) return undefined;
  if (range.kind === 'or' && !splices.some(({ shifts }) => shifts)) return splices;
  const branch = oneLine(applySplices(task.text, splices, highest.start, highest.end));
  const before = range.parts.at(-2);
  const separator = before ? oneLine(task.text.slice(before.end, last.start)) : ', ';
  return [{ start: last.end, end: last.end, text: `${separator}${branch}`, shifts: false }];
}

/** The part with the highest bound; of equals the last. */
function highestOf(parts: readonly Range[]): Range | undefined {
  const ranked = parts.map((part) => ({ part, bound: highestBound(part) }));
  return ranked.sort((a, b) => compareComponents(a.bound, b.bound)).at(-1)?.part;
}

function highestBound(range: Range): Components {
  if (range.kind === 'bound') return range.version;
  const bounds = 'parts' in range ? range.parts.map(highestBound) : [];
  return bounds.reduce((a, b) => (compareComponents(b, a) > 0 ? b : a), [] as Components);
}

function moveBound(bound: Bound, task: Task): Splice[] | undefined {
  const { version, policy } = task;
  const held = contains(bound, version);
  switch (bound.operator) {
    case '>':
      return held ? [] : undefined;
    case '<':
      return held ? [] : [moved(bound, upperBound(bound.version, version), false)];
    case '<=':
      return held ? [] : [moved(bound, firstHeld(bound, version), false)];
    default: {
      if (held && policy === 'violated') return [];
      const lower = firstHeld(bound, version);
      if (held && compareComponents(lower, bound.version) <= 0) return [];
      return [moved(bound, lower, bound.operator !== '>=')];
    }
  }
}

function moved(bound: Bound, to: Components, shifts: boolean): Splice {
  const text = to.join('.') + (bound.wildcard ? '.*' : '');
  return { start: bound.versionStart, end: bound.end, text, shifts };
}

/** The version in the precision of the bound, or with as many parts more as it takes to hold the version. */
function firstHeld(bound: Bound, version: Components): Components {
  for (let length = bound.version.length; length < version.length; length += 1) {
    const candidate = version.slice(0, length);
    if (contains({ ...bound, version: candidate }, version)) return candidate;
  }
  // `==1.2.*` on a version as short as `1.2` has nothing shorter to offer either.
  return version;
}

/**
 * An exclusive upper bound in the precision it has. Zeros behind the major `A.B` are padding: `<1.3.0` means
 * the major 1.3 and becomes `<1.4.0`, while `<2.0` names a major itself and becomes `<2.1`.
 */
function upperBound(bound: Components, version: Components): Components {
  let significant = bound.length;
  while (significant > 2 && bound[significant - 1] === 0) significant -= 1;
  const padded = Array.from({ length: significant }, (_, index) => version[index] ?? 0);
  return [...nextSibling(padded), ...bound.slice(significant)];
}

/** Where line ends stood, one space does. */
function oneLine(text: string): string {
  return text.replace(/\s{2,}/g, ' ');
}
