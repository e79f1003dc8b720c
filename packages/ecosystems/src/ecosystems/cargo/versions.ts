import * as semver from 'semver';
import { ForgeError } from '../../errors';
import { fail, ok, type Result, type VersionGrammar } from '../../model';
import { requirement } from './requirement';
import { isVersion } from './version-text';

/** SemVer 2.0.0 as Cargo takes it: three parts, no leading `v`. Build metadata is valid and does not order. */
export const versions: VersionGrammar = {
  isValid: isVersion,
  compare: (a, b) => semver.compare(a, b),
  isPrerelease: (native) => semver.prerelease(native) !== null,
  bump(native, type, preid) {
    const next = isVersion(native) ? semver.inc(native, type, preid) : null;
    return next === null ? invalid(native) : ok(next);
  },
  toNative: (canonical) => (isVersion(canonical) ? ok(canonical) : invalid(canonical)),
  toCanonical: (native) => (isVersion(native) ? ok(native) : invalid(native)),
  requirement,
};

function invalid(version: string): Result<never> {
  return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` is not a SemVer version` }));
}
