import type { SemVer } from 'semver';
import compare from 'semver/functions/compare';

/** One comparator of a requirement, with the place of its version inside the requirement's text. */
export interface Comparator {
  /** `*` for `1.2.*` without an operator. */
  readonly operator: '=' | '>' | '>=' | '<' | '<=' | '~' | '^' | '*';
  /** Major, minor, patch as far as they are given. */
  readonly parts: readonly number[];
  readonly prerelease: string;
  readonly start: number;
  readonly end: number;
  /** Asks for the order alone, without the rule that a prerelease must be named. */
  readonly matchesPrereleases?: boolean;
}

/** As `VersionReq::matches` of the Rust crate `semver` 1.0 (src/eval.rs). */
export function matchesAll(comparators: readonly Comparator[], version: SemVer): boolean {
  if (!comparators.every((comparator) => matches(comparator, version))) return false;
  return (
    version.prerelease.length === 0 ||
    comparators.some((each) => each.matchesPrereleases || namesPrereleaseOf(each, version))
  );
}

/** A prerelease matches only where a comparator names a prerelease of the same three numbers. */
function namesPrereleaseOf({ parts, prerelease }: Comparator, version: SemVer): boolean {
  return prerelease !== '' && numbersOf(version).every((number, index) => number === parts[index]);
}

function matches(comparator: Comparator, version: SemVer): boolean {
  const order = comparePrefix(comparator, version);
  switch (comparator.operator) {
    case '=':
    case '*':
      return order === 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '~':
      return order >= 0 && samePrefix(comparator, version, 2);
    case '^':
      // Without a patch number the crate looks at the numbers only.
      return !(order < 0) && samePrefix(comparator, version, caretReach(comparator));
  }
}

/**
 * Sign of version - comparator over the parts that the comparator gives; the prerelease counts after all three.
 * With parts missing a prerelease is neither below, equal nor above (NaN): `<2` and `=2` both refuse 2.0.0-rc.1.
 */
function comparePrefix({ parts, prerelease }: Comparator, version: SemVer): number {
  const numbers = numbersOf(version);
  for (const [index, part] of parts.entries()) {
    const difference = (numbers[index] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  const own = version.prerelease.join('.');
  if (parts.length < 3) return own === '' ? 0 : NaN;
  return compare(withPrerelease(own), withPrerelease(prerelease));
}

function withPrerelease(prerelease: string): string {
  return prerelease === '' ? '0.0.0' : `0.0.0-${prerelease}`;
}

/** How many leading numbers a caret keeps: all up to the first that is not zero. */
function caretReach({ parts }: Comparator): number {
  const first = parts.findIndex((part) => part !== 0);
  return first < 0 ? parts.length : first + 1;
}

function samePrefix({ parts }: Comparator, version: SemVer, reach: number): boolean {
  const numbers = numbersOf(version);
  return parts.slice(0, reach).every((part, index) => part === numbers[index]);
}

function numbersOf({ major, minor, patch }: SemVer): number[] {
  return [major, minor, patch];
}
