import { inc, parse } from 'semver';
import { ForgeError } from '../../errors';
import { fail, ok, type Result, type VersionGrammar } from '../../model';
import { compareComponents, parseVersion } from './pvp';
import { requirement } from './requirement';

/** Versions after the Haskell Package Versioning Policy: digits and dots, any number of parts, no prerelease. */
export const versions: VersionGrammar = {
  isValid: (native) => parseVersion(native) !== undefined,

  compare: (a, b) => compareComponents(parseVersion(a) ?? [], parseVersion(b) ?? []),

  isPrerelease: () => false,

  bump(native, type) {
    const parts = parseVersion(native);
    if (!parts) return fail(invalid(native));
    if (type.startsWith('pre')) return fail(noPrerelease(`\`${type}\` of \`${native}\``));
    // As SemVer on three parts, so that a fixed group stays in step; a fourth part starts anew by falling away.
    const next = inc(threeParts(parts), type);
    return next === null ? fail(invalid(native)) : ok(next);
  },

  toNative(canonical) {
    const parsed = parse(canonical);
    if (!parsed) {
      const what = `\`${canonical}\` is not a SemVer version`;
      return fail(new ForgeError('FORGE-V001', { what }));
    }
    if (parsed.prerelease.length > 0) return fail(noPrerelease(`\`${canonical}\``));
    if (parsed.build.length > 0)
      return fail(
        unspeakable(`\`${canonical}\` has build metadata, which Hackage has no place for`),
      );
    return checked(parsed.version);
  },

  toCanonical(native) {
    const parts = parseVersion(native);
    if (!parts) return fail(invalid(native));
    if (parts.length <= 3) return ok(threeParts(parts));
    return fail(unspeakable(`\`${native}\` has ${parts.length} parts, and SemVer has three`));
  },

  requirement,
};

function threeParts(parts: readonly number[]): string {
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0].join('.');
}

function checked(native: string): Result<string> {
  if (parseVersion(native)) return ok(native);
  return fail(unspeakable(`\`${native}\` has a part of more than nine digits`));
}

function invalid(native: string): ForgeError {
  return new ForgeError('FORGE-V001', {
    what: `\`${native}\` is no version for Hackage`,
    fix: 'write digits and dots only, without leading zeros: `1.2.3` or `1.2.3.4`',
  });
}

/** Hackage has candidates where others have prereleases: a mutable upload of the final version. */
function noPrerelease(wanted: string): ForgeError {
  return unspeakable(
    `${wanted} is a prerelease, which no version on Hackage can spell: it has package candidates instead`,
    'release a version without a prerelease, and upload package candidates of it by hand before',
  );
}

function unspeakable(what: string, fix?: string): ForgeError {
  return new ForgeError('FORGE-V002', fix === undefined ? { what } : { what, fix });
}
