import { compare, inc, prerelease } from 'semver';
import { ForgeError } from '../../errors';
import { fail, ok, type Result, type VersionGrammar } from '../../model';
import { requirements } from './requirement';
import { isVersion } from './version-text';

/** Elixir's `Version` is strict SemVer 2, so native and canonical spelling are one. */
export const versions: VersionGrammar = {
  isValid: isVersion,
  compare,
  isPrerelease: (native) => (prerelease(native)?.length ?? 0) > 0,
  bump(native, type, preid) {
    const next = isVersion(native) ? inc(native, type, preid) : null;
    return next === null ? invalid(native) : ok(next);
  },
  toNative: strict,
  toCanonical: strict,
  requirement: requirements,
};

function strict(version: string): Result<string> {
  return isVersion(version) ? ok(version) : invalid(version);
}

function invalid(version: string): Result<never> {
  const what = `\`${version}\` is not a version: \`major.minor.patch\` is needed`;
  return fail(new ForgeError('FORGE-V001', { what }));
}
