import type { SemVer } from 'semver';
import type { Comparator } from './range-branch';

/**
 * A lower bound at a prerelease. It needs all three parts, and with them `^` and `~` may end earlier than with the
 * parts that were written: `~1` goes to 2.0.0, `~1.3.0-rc.1` to 1.4.0 only. The end is what stays: `~1` becomes
 * `^1.3.0-rc.1`, and `1.2.x`, which cannot name a prerelease, becomes `~1.3.0-rc.1`.
 */
export function prereleaseComparator({ op, lead, parts }: Comparator, target: SemVer): string {
  const { version, major, minor } = target;
  const known = parts.split('.').filter((part) => /\d/.test(part)).length;
  if (known === 3 || op === '>=') return lead + version;
  if (known === 0) return `>=${version}`;
  const fits = known === 1 ? toNextMajor(target) : toNextMinor(op, target);
  const end = known === 1 ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
  if (fits === undefined) return `>=${version} <${end}`;
  const isWritten = op === fits || (op === '~>' && fits === '~');
  return (isWritten ? lead : fits) + version;
}

/** `^1`, `~1` and `1.x` end alike; below 1.0.0 no operator with three parts ends there. */
function toNextMajor({ major }: SemVer): '^' | undefined {
  return major > 0 ? '^' : undefined;
}

/** `~1.2` and `1.2.x` end at the next minor version; `^0.0` does, too, where `^0.0.5` does not. */
function toNextMinor(op: string, { major, minor }: SemVer): '^' | '~' {
  return op === '^' && (major > 0 || minor > 0) ? '^' : '~';
}
