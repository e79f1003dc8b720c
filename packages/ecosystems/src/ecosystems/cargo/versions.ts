import compare from 'semver/functions/compare';
import inc from 'semver/functions/inc';
import prerelease from 'semver/functions/prerelease';
import { ForgeError } from '../../errors';
import { fail, ok, type Result, type VersionGrammar } from '../../model';
import { requirement } from './requirement';
import { isVersion } from './version-text';

/** SemVer 2.0.0 as Cargo takes it: three parts, no leading `v`. Build metadata is valid and does not order. */
export const versions: VersionGrammar = {
  isValid: isVersion,
  compare: (a, b) => compare(a, b),
  isPrerelease: (native) => prerelease(native) !== null,
  bump(native, type, preid) {
    if (!isVersion(native)) return invalid(native);
    const next = inc(native, type, preid);
    return next !== null && isVersion(next) ? ok(next) : noNext(native, type, preid);
  },
  toNative: (canonical) => (isVersion(canonical) ? ok(canonical) : invalid(canonical)),
  toCanonical: (native) => (isVersion(native) ? ok(native) : invalid(native)),
  requirement,
};

/** The type of bump is one of seven, so that the name of the prerelease is to blame, or a number at its limit. */
function noNext(native: string, type: string, preid: string): Result<never> {
  const what = `\`${native}\` has no next \`${type}\` with \`${preid}\` for the name of a prerelease`;
  const fix = 'name prereleases by letters, digits and `-`, for example `rc`';
  return fail(new ForgeError('FORGE-V001', { what, fix }));
}

function invalid(version: string): Result<never> {
  return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` is not a SemVer version` }));
}
