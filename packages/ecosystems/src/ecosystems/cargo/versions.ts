import * as semver from 'semver';
import { ForgeError } from '../../errors';
import { fail, ok, type Result, type VersionGrammar } from '../../model';
import { requirement } from './requirement';

/** SemVer 2.0.0 as Cargo takes it: three parts, no leading `v`. Build metadata is valid and does not order. */
export const versions: VersionGrammar = {
  isValid,
  compare: (a, b) => semver.compare(a, b),
  isPrerelease: (native) => semver.prerelease(native) !== null,
  bump(native, type, preid) {
    const next = isValid(native) ? semver.inc(native, type, preid) : null;
    return next === null ? invalid(native) : ok(next);
  },
  toNative: (canonical) => (isValid(canonical) ? ok(canonical) : invalid(canonical)),
  toCanonical: (native) => (isValid(native) ? ok(native) : invalid(native)),
  requirement,
};

/** node-semver also takes ` v1.2.3`, Cargo does not. */
function isValid(native: string): boolean {
  return /^\d/.test(native) && semver.parse(native)?.raw === native;
}

function invalid(version: string): Result<never> {
  return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` is not a SemVer version` }));
}
