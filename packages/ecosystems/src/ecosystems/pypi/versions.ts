import { compare } from '@renovatebot/pep440';
import { ForgeError } from '../../errors';
import { fail, ok, type BumpType, type Result, type VersionGrammar } from '../../model';
import { requirement } from './requirement';
import { padded, partsOf, spell, type Parts } from './version-parts';

/** PEP 440's spelling of SemVer's prerelease identifiers, and back. */
const natives: Readonly<Record<string, string>> = { alpha: 'a', beta: 'b', rc: 'rc', dev: '.dev' };
const canonicals: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', rc: 'rc' };

const semver =
  /^((?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*))(?:-([0-9A-Za-z.-]+))?(\+[0-9A-Za-z.-]+)?$/;

/** PEP 440. Spellings that it calls equal (`1.3.0-rc.1` and `1.3.0rc1`, `0.1.8.0` and `0.1.8`) compare equal. */
export const versions: VersionGrammar = {
  isValid: (native) => partsOf(native) !== undefined,
  compare: (a, b) => Math.sign(compare(a, b)),
  isPrerelease: (native) => partsOf(native)?.isPrerelease ?? false,
  bump,
  toNative,
  toCanonical,
  requirement,
};

function bump(native: string, type: BumpType, preid: string): Result<string> {
  const parts = partsOf(native);
  if (!parts) return fail(noVersion(native));
  if (type === 'prerelease' && parts.isPrerelease) return nextPrerelease(parts, preid);
  const level = type === 'prerelease' ? 'patch' : (type.replace(/^pre/, '') as Level);
  if (!type.startsWith('pre')) return ok(spell(parts.epoch, raise(parts, level)));
  const base = spell(parts.epoch, raise({ ...parts, isPrerelease: false }, level));
  return firstPrerelease(base, preid);
}

type Level = 'major' | 'minor' | 'patch';

/** A prerelease of `2.0.0` becomes `2.0.0` by `major`, of `1.3.0` by `minor`, of `1.2.3` by `patch`. */
function raise(
  { release, isPrerelease, isPost }: Pick<Parts, 'release' | 'isPrerelease' | 'isPost'>,
  level: Level,
) {
  const position = { major: 0, minor: 1, patch: 2 }[level];
  const parts = padded(release, position + 1);
  const isOpen = isPrerelease && !isPost;
  if (isOpen && parts.slice(position + 1).every((part) => part === 0)) return parts;
  return parts.map((part, at) => (at < position ? part : at === position ? part + 1 : 0));
}

/** The number goes up while the kind stays; a later kind begins at 0, as `semver.inc` does it. */
function nextPrerelease(parts: Parts, preid: string): Result<string> {
  const { base, pre, post, dev, normal } = parts;
  const current = dev === undefined ? canonicals[pre?.kind ?? ''] : 'dev';
  const lead = `${base}${pre ? `${pre.kind}${pre.number}` : ''}${post === undefined ? '' : `.post${post}`}`;
  if (preid === '' || preid === current) {
    if (dev !== undefined) return ok(`${lead}.dev${dev + 1}`);
    if (pre) return ok(`${base}${pre.kind}${pre.number + 1}`);
  }
  // `1.2.0a1.dev3` leads to `1.2.0a1`.
  if (pre && dev !== undefined && preid === canonicals[pre.kind])
    return ok(`${base}${pre.kind}${post === undefined ? pre.number : pre.number + 1}`);
  const first = firstPrerelease(base, preid);
  if (!first.ok || compare(first.value, normal) > 0) return first;
  const what = `\`${preid}\` prereleases of \`${base}\` are lower than \`${normal}\``;
  const fix = 'keep the identifier, or raise the version as well (`preminor`, `prepatch`)';
  return fail(new ForgeError('FORGE-V005', { what, fix }));
}

function firstPrerelease(base: string, preid: string): Result<string> {
  const kind = natives[preid];
  if (kind !== undefined) return ok(`${base}${kind}0`);
  const what = `PEP 440 has no prerelease of \`${base}\` with the identifier \`${preid}\``;
  const fix = 'use the identifier alpha, beta, rc or dev';
  return fail(new ForgeError('FORGE-V002', { what, fix }));
}

function toNative(canonical: string): Result<string> {
  const [, base, prerelease, build] = semver.exec(canonical) ?? [];
  if (base === undefined)
    return fail(new ForgeError('FORGE-V001', { what: `\`${canonical}\` is no SemVer version` }));
  if (build !== undefined) return fail(unspellable(canonical, 'PyPI takes no build or local part'));
  if (prerelease === undefined) return ok(base);
  const [, kind = '', number = ''] = /^([a-z]+)\.(0|[1-9]\d*)$/.exec(prerelease) ?? [];
  const native = natives[kind];
  if (native !== undefined) return ok(`${base}${native}${number}`);
  return fail(unspellable(canonical, 'PEP 440 has alpha, beta, rc and dev, each with a number'));
}

function toCanonical(native: string): Result<string> {
  const parts = partsOf(native);
  if (!parts) return fail(noVersion(native));
  const { epoch, release, pre, dev } = parts;
  if (epoch > 0) return fail(unspellable(native, 'SemVer has no epoch'));
  if (release.length > 3) return fail(unspellable(native, 'SemVer has three parts'));
  if (parts.isPost || parts.isLocal)
    return fail(unspellable(native, 'SemVer has no post or local releases'));
  if (pre && dev !== undefined) return fail(unspellable(native, 'it is a prerelease of two kinds'));
  const base = padded(release, 3).join('.');
  if (pre) return ok(`${base}-${canonicals[pre.kind]}.${pre.number}`);
  return ok(dev === undefined ? base : `${base}-dev.${dev}`);
}

function noVersion(native: string): ForgeError {
  return new ForgeError('FORGE-V001', { what: `\`${native}\` is no PEP 440 version` });
}

function unspellable(version: string, why: string): ForgeError {
  return new ForgeError('FORGE-V002', { what: `\`${version}\` cannot be spelled: ${why}` });
}
