import { compareComponents, nextMajor, nextSibling, type Components } from '../pvp';
import type { Bound, Range } from './range';

/** Is the version in the range? By the definitions in Cabal's `Distribution.Types.VersionRange`. */
export function contains(range: Range, version: Components): boolean {
  switch (range.kind) {
    case 'any':
      return true;
    case 'none':
      return false;
    case 'and':
      return range.parts.every((part) => contains(part, version));
    case 'or':
    case 'set':
      return range.parts.some((part) => contains(part, version));
    case 'bound':
      return containsBound(range, version);
  }
}

function containsBound(bound: Bound, version: Components): boolean {
  const order = compareComponents(version, bound.version);
  const below = (limit: Components): boolean => compareComponents(version, limit) < 0;
  switch (bound.operator) {
    case '==':
      return bound.wildcard ? order >= 0 && below(nextSibling(bound.version)) : order === 0;
    case '^>=':
      return order >= 0 && below(nextMajor(bound.version));
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
  }
}
