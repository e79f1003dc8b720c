import inc from 'semver/functions/inc';
import parse from 'semver/functions/parse';
import { ForgeError } from '../../errors';
import { fail, ok, type BumpType, type Result, type VersionGrammar } from '../../model';
import { requirement } from './requirement';
import {
  compareVersions,
  isPrerelease,
  isVersion,
  prereleaseWord,
  release,
  segments,
  spell,
} from './version-number';

/** RubyGems versions: any number of parts, a prerelease is spelled `1.3.0.rc1`. */
export const versions: VersionGrammar = {
  isValid: isVersion,
  compare: compareVersions,
  isPrerelease,
  bump,
  toNative,
  toCanonical,
  requirement,
};

function toNative(canonical: string): Result<string> {
  const parsed = parse(canonical);
  if (!parsed || !canonical.startsWith(parsed.version))
    return notValid(canonical, 'is not a SemVer version');
  const { major, minor, patch, prerelease, build } = parsed;
  const base = `${major}.${minor}.${patch}`;
  if (build.length > 0) return noSpelling(canonical, 'RubyGems has no build metadata');
  if (prerelease.length === 0) return ok(base);
  const [word, number, ...rest] = prerelease;
  // A word that holds digits would be split and ordered by RubyGems otherwise than by SemVer.
  const expressible = /^[a-zA-Z]+$/.test(String(word)) && typeof number !== 'string';
  if (!expressible || rest.length > 0)
    return noSpelling(canonical, 'RubyGems spells prereleases as a word and a number, `rc.1`');
  return ok(`${base}.${word}${number ?? ''}`);
}

function toCanonical(native: string): Result<string> {
  if (!isVersion(native)) return notValid(native, 'is not a RubyGems version');
  const numbers = release(native);
  if (numbers.length > 3) return noSpelling(native, 'SemVer has three parts');
  const [word, number, ...rest] = segments(native).slice(numbers.length);
  const base = padded(numbers, 3).join('.');
  if (word === undefined) return ok(base);
  if (typeof number === 'string' || rest.length > 0)
    return noSpelling(native, 'its prerelease is more than a word and a number');
  return ok(number === undefined ? `${base}-${word}` : `${base}-${word}.${number}`);
}

/** `semver.inc` on the first three parts; further parts start again at zero, and the count of parts stays. */
function bump(native: string, type: BumpType, preid: string): Result<string> {
  if (!isVersion(native)) return notValid(native, 'is not a RubyGems version');
  const numbers = release(native);
  const head = toCanonical(withRelease(native, padded(numbers, 3).slice(0, 3)));
  if (!head.ok) return head;
  const next = inc(head.value, type, preid);
  if (next === null) return notValid(native, `has no next ${type} version`);
  const spelled = toNative(next);
  if (!spelled.ok) return spelled;
  const bumped = release(spelled.value);
  const kept = bumped.join('.') === padded(numbers, 3).slice(0, 3).join('.');
  const tail = numbers.slice(3).map((part) => (kept ? part : 0));
  return ok(withRelease(spelled.value, [...shortened(bumped, numbers.length), ...tail]));
}

/** The same version with other numbers before its prerelease. */
function withRelease(version: string, numbers: readonly number[]): string {
  return spell(numbers, prereleaseWord(version));
}

function padded(numbers: readonly number[], length: number): number[] {
  return Array.from({ length: Math.max(length, numbers.length) }, (_, at) => numbers[at] ?? 0);
}

/** Leaves out zeros beyond `length` parts, so that `1.2` goes on as `1.3` and not as `1.3.0`. */
function shortened(numbers: readonly number[], length: number): number[] {
  const needed = numbers.findLastIndex((part) => part !== 0) + 1;
  return numbers.slice(0, Math.max(length, needed));
}

function notValid(version: string, why: string): Result<never> {
  return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` ${why}` }));
}

function noSpelling(version: string, why: string): Result<never> {
  const what = `\`${version}\` cannot be spelled: ${why}`;
  return fail(new ForgeError('FORGE-V002', { what }));
}
