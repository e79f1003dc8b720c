import type { RequirementPolicy } from '../../model';
import { holds, type Comparison } from './requirement-syntax';
import type { VersionParts } from './version-text';

/**
 * The operand with which a comparison takes the version, operator and precision kept; the old one where it takes
 * it already, unless `always` raises a lower bound. Exclusions (`!=`, `>`) stay what they are.
 */
export function moveComparison(
  comparison: Comparison,
  version: string,
  parts: VersionParts,
  policy: RequirementPolicy,
): string {
  const { operator, operand, bound } = comparison;
  const isKept = holds(comparison, parts);
  const isLower = operator === '>=' || operator === '~>';
  if (isKept && !(isLower && policy === 'always')) return operand;
  if (operator === '==') return version;
  if (operator === '~>' && bound.patch === undefined) return twoParts(parts);
  if (isLower || operator === '<=') return withoutBuild(version);
  return operator === '<' ? nextBound(bound, parts) : operand;
}

/** `1.2.3` as `1.2`; `1.2.0-rc.1` as `1.2-rc.1`, which Elixir reads as 1.2.0-rc.1. */
function twoParts({ major, minor, patch, pre }: VersionParts): string {
  const isStart = patch === 0 && pre.length > 0;
  return `${major}.${minor}${isStart ? `-${pre.join('.')}` : ''}`;
}

/** The next bound of the same kind: `< 2.0.0` becomes `< 3.0.0`, `< 1.3.0-0` becomes `< 1.5.0-0` for 1.4.2. */
function nextBound(limit: VersionParts, { major, minor, patch = 0 }: VersionParts): string {
  const lowest = limit.pre.join('.') === '0' ? '-0' : '';
  if (limit.patch) return `${major}.${minor}.${patch + 1}${lowest}`;
  return limit.minor > 0 ? `${major}.${minor + 1}.0${lowest}` : `${major + 1}.0.0${lowest}`;
}

export function withoutBuild(version: string): string {
  return version.split('+')[0] ?? version;
}
