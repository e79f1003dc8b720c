import semver from 'semver';
import { ForgeError } from '../../errors';
import { fail, ok, type BumpType, type Result, type VersionGrammar } from '../../model';
import { requirement } from './requirement';

/** node-semver as npm 11 uses it; only the leading `v` and `=` that npm would silently strip are refused. */
export const versions: VersionGrammar = {
  isValid,
  compare: (a, b) => semver.compare(a, b),
  isPrerelease: (native) => (semver.parse(native)?.prerelease.length ?? 0) > 0,
  bump,
  toNative: (canonical) =>
    isValid(canonical) ? ok(canonical) : invalid(canonical, 'is not a SemVer version'),
  toCanonical: (native) =>
    isValid(native) ? ok(native) : invalid(native, 'is not a version that npm accepts'),
  requirement,
};

function isValid(native: string): boolean {
  return /^\d\S*$/.test(native) && semver.valid(native) !== null;
}

function bump(native: string, type: BumpType, preid: string): Result<string> {
  if (!isValid(native)) return invalid(native, 'is not a version that npm accepts');
  const next = semver.inc(native, type, preid);
  return next === null ? invalid(native, `has no ${type} version after it`) : ok(next);
}

function invalid(version: string, why: string): Result<never> {
  return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` ${why}` }));
}
