import semver from 'semver';
import { ForgeError } from '../../errors';
import { fail, ok, type Result, type VersionGrammar } from '../../model';

/** SemVer, and requirements of one form: `^1`, `^1.2` or `^1.2.3`. */
export const versions: VersionGrammar = {
  isValid,
  compare: (a, b) => semver.compare(a, b),
  isPrerelease: (native) => semver.prerelease(native) !== null,
  bump: (native, type, preid) =>
    isValid(native) ? valid(semver.inc(native, type, preid) ?? '') : valid(native),
  toNative: valid,
  toCanonical: valid,
  requirement: {
    satisfies: (requirement, version) =>
      isCaret(requirement) ? ok(semver.satisfies(version, requirement)) : unreadable(requirement),
    rewrite(requirement, version, policy) {
      if (!isCaret(requirement)) return unreadable(requirement);
      if (policy === 'violated' && semver.satisfies(version, requirement)) return ok(requirement);
      const parts = semver.prerelease(version) ? version : trim(version, requirement);
      return ok(`^${parts}`);
    },
    default: (version) => `^${version}`,
  },
};

function trim(version: string, requirement: string): string {
  return version.split('.').slice(0, requirement.split('.').length).join('.');
}

function isCaret(requirement: string): boolean {
  return requirement.startsWith('^') && semver.validRange(requirement) !== null;
}

function isValid(native: string): boolean {
  return /^\d\S*$/.test(native) && semver.valid(native) !== null;
}

function valid(version: string): Result<string> {
  if (isValid(version)) return ok(version);
  return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` is not a SemVer version` }));
}

function unreadable(requirement: string): Result<never> {
  return fail(new ForgeError('FORGE-V003', { what: `\`${requirement}\` is not \`^version\`` }));
}
