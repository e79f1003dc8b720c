import inc from 'semver/functions/inc';
import parse from 'semver/functions/parse';
import { ForgeError } from '../../errors';
import { fail, ok, type BumpType, type Result, type VersionGrammar } from '../../model';
import { compareNative, parseNative, spellNative, type NativeVersion } from './native-version';
import { requirement } from './requirement';

const nothing: NativeVersion = { released: '', components: [], candidate: undefined };

/** Versions after the Haskell Package Versioning Policy: digits and dots, any number of parts; and their candidates. */
export const versions: VersionGrammar = {
  isValid: (native) => parseNative(native) !== undefined,

  compare: (a, b) => compareNative(parseNative(a) ?? nothing, parseNative(b) ?? nothing),

  isPrerelease: (native) => parseNative(native)?.candidate !== undefined,

  bump(native, type, preid) {
    const version = parseNative(native);
    const next = version && bumped(version, type, preid);
    return next === undefined ? fail(invalid(native)) : checked(next);
  },

  toNative(canonical) {
    const parsed = parse(canonical);
    if (!parsed) {
      const what = `\`${canonical}\` is not a SemVer version`;
      return fail(new ForgeError('FORGE-V001', { what }));
    }
    if (parsed.build.length > 0)
      return fail(
        unspeakable(`\`${canonical}\` has build metadata, which Hackage has no place for`),
      );
    return checked(parsed.version);
  },

  toCanonical(native) {
    const version = parseNative(native);
    if (!version) return fail(invalid(native));
    const { components, candidate } = version;
    if (components.length <= 3) return ok(spellNative(threeParts(components), candidate));
    return fail(unspeakable(`\`${native}\` has ${components.length} parts, and SemVer has three`));
  },

  requirement,
};

/** As SemVer on three parts, so that a fixed group stays in step; a fourth part starts anew by falling away. */
function bumped(version: NativeVersion, type: BumpType, preid: string): string | undefined {
  const { components, candidate, released } = version;
  const three = threeParts(components);
  if (candidate === undefined || type.startsWith('prem') || type === 'prepatch')
    return inc(three, type, preid) ?? undefined;
  if (type === 'prerelease') {
    const next = inc(`0.0.0-${candidate}`, 'prerelease', preid);
    return next === null ? undefined : released + next.slice('0.0.0'.length);
  }
  if (components.length <= 3) return inc(`${three}-${candidate}`, type) ?? undefined;
  return endsBy(components, type) ? released : (inc(three, type) ?? undefined);
}

/** A candidate of `0.2.0.0` is one of a minor release already; one of `0.1.0.2` is not. */
function endsBy(components: readonly number[], type: BumpType): boolean {
  const below = { major: 1, minor: 2 }[type as string] ?? components.length;
  return components.slice(below).every((part) => part === 0);
}

function threeParts(parts: readonly number[]): string {
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0].join('.');
}

function checked(native: string): Result<string> {
  if (parseNative(native)) return ok(native);
  return fail(unspeakable(`\`${native}\` has a part of more than nine digits`));
}

function invalid(native: string): ForgeError {
  return new ForgeError('FORGE-V001', {
    what: `\`${native}\` is no version for Hackage`,
    fix: 'write digits and dots only, without leading zeros: `1.2.3` or `1.2.3.4`; `1.2.3-rc.1` is a candidate of `1.2.3`',
  });
}

function unspeakable(what: string): ForgeError {
  return new ForgeError('FORGE-V002', { what });
}
