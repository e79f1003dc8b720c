import inc from 'semver/functions/inc';
import { ForgeError, type ErrorCode } from '../../errors';
import { fail, ok, type BumpType, type Result, type VersionGrammar } from '../../model';
import { requirements } from './requirement';
import { compareParts, isVersion, versionParts } from './version-text';

/** Elixir's `Version` is strict SemVer 2, so native and canonical spelling are one. */
export const versions: VersionGrammar = {
  isValid: isVersion,
  compare,
  isPrerelease: (native) => (versionParts(native)?.pre.length ?? 0) > 0,
  bump,
  toNative: strict,
  toCanonical: strict,
  requirement: requirements,
};

function compare(a: string, b: string): number {
  const [left, right] = [versionParts(a), versionParts(b)];
  return left && right ? compareParts(left, right) : 0;
}

/** As `semver.inc`, which counts the parts as SemVer does; never downwards, as from `rc` to `beta`. */
function bump(native: string, type: BumpType, preid: string): Result<string> {
  if (!isVersion(native)) return invalid(native);
  const next = inc(native, type, preid);
  if (next === null || !isVersion(next))
    return refuse('FORGE-V002', `\`${native}\` has no next ${type} version with \`${preid}\``);
  if (compare(next, native) > 0) return ok(next);
  return refuse('FORGE-V005', `\`${native}\` would go down to \`${next}\``);
}

function strict(version: string): Result<string> {
  return isVersion(version) ? ok(version) : invalid(version);
}

function invalid(version: string): Result<never> {
  const what = `\`${version}\` is not a version: \`major.minor.patch\` is needed`;
  return refuse('FORGE-V001', what);
}

function refuse(code: ErrorCode, what: string): Result<never> {
  return fail(new ForgeError(code, { what }));
}
