import { contains } from './contains';
import { nextMajor, nextSibling, type Components } from '../pvp';
import type { Bound, Range } from './range';

/** More than people write; comparing takes the square of it. */
const mostBounds = 100;

/** Do two ranges hold the same versions, however they are written? False also for what is too long to tell. */
export function isSameRange(a: Range, b: Range): boolean {
  const bounds = [...boundsOf(a), ...boundsOf(b)];
  if (bounds.length > mostBounds) return false;
  const edges = [[0], ...bounds.flatMap(edgesOf)];
  // Between two edges nothing changes, and `1.2.0` is the very next version after `1.2`.
  return edges
    .flatMap((edge) => [edge, [...edge, 0]])
    .every((version) => contains(a, version) === contains(b, version));
}

function boundsOf(range: Range): readonly Bound[] {
  if (range.kind === 'bound') return [range];
  return 'parts' in range ? range.parts.flatMap(boundsOf) : [];
}

/** Versions at which a bound begins or ends to hold. */
function edgesOf({ version, operator, wildcard }: Bound): Components[] {
  if (operator === '^>=') return [version, nextMajor(version)];
  return wildcard ? [version, nextSibling(version)] : [version];
}
