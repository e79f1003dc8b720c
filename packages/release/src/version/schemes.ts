import lt from 'semver/functions/lt';
import valid from 'semver/functions/valid';
import { bumpTypes, fail, ForgeError, ok, type BumpType, type Result } from '@forge/ecosystems';
import type { Scheme } from '../configuration/group-options';
import type { PackageNode } from '../graph/model';
import type { groupOptionPlace } from './group-option-place';
import { nextVersion } from './next-version';

/** The version of the group that another group goes by. */
export interface CoreVersion {
  readonly group: string;
  /** Canonical, as it will be after this release. */
  readonly version: string;
}

export interface SchemeQuestion {
  /** The package whose grammar decides. */
  readonly node: PackageNode;
  /** Canonical where SemVer can say it, else native; null when there is none. */
  readonly current: string | null;
  /** A kind of bump, or a version. */
  readonly specifier: string;
  readonly preid: string;
  /** Nx's rule for 0.x: `major` becomes `minor`, `minor` becomes `patch`. */
  readonly adjustForZeroMajor: boolean;
  readonly scheme: Scheme;
  /** Known wherever the scheme needs it. */
  readonly core?: CoreVersion;
}

type Rule = (question: SchemeQuestion, core: CoreVersion) => Result<string>;

const rules: Readonly<Record<Scheme, Rule>> = {
  semver: bumped,
  'patch-only': (question) => bumped({ ...question, specifier: asPatch(question.specifier) }),
  'core-patch': corePatch,
  follow: atLeastCore,
};

/** The next version of a project by the scheme of its group. */
export function versionByScheme(question: SchemeQuestion): Result<string> {
  return rules[question.scheme](question, question.core ?? { group: '', version: '' });
}

function bumped({ node, current, specifier, ...options }: SchemeQuestion): Result<string> {
  return nextVersion(node, current, specifier, options);
}

/** Versions and prereleases stay what they are; every other bump is a patch. */
function asPatch(specifier: string): string {
  if (specifier === 'major' || specifier === 'minor') return 'patch';
  return specifier === 'premajor' || specifier === 'preminor' ? 'prepatch' : specifier;
}

/**
 * `core(cur) ≠ core(now) ? now.0 : cur.(P + 1)`, whatever the bump: the first three parts say which core it was
 * made for, the fourth counts. A version of four parts is taken as it is given.
 */
function corePatch(question: SchemeQuestion, core: CoreVersion): Result<string> {
  const { current, specifier, node } = question;
  const given = isBump(specifier) ? undefined : bumped(question);
  if (given && (!given.ok || /^\d+(?:\.\d+){3}$/.test(given.value))) return given;
  const name = node.manifest.name;
  if (!/^\d+\.\d+\.\d+$/.test(core.version))
    return stuck(
      `\`${name}\` goes by the version of \`${core.group}\`, which is \`${core.version}\` and not of three numbers`,
    );
  if (specifier.startsWith('pre'))
    return stuck(`\`core-patch\` has no prereleases: \`${specifier}\` of \`${name}\``);
  const [, base, patch = '0'] = /^(\d+\.\d+\.\d+)(?:\.(\d+))?$/.exec(current ?? '') ?? [];
  if (current !== null && base === undefined)
    return stuck(`\`core-patch\` cannot count on from \`${current}\` of \`${name}\``);
  return ok(base === core.version ? `${base}.${Number(patch) + 1}` : `${core.version}.0`);
}

/** `max(bump(cur), core now)`. */
function atLeastCore(question: SchemeQuestion, core: CoreVersion): Result<string> {
  const own = bumped(question);
  if (!own.ok || !isBump(question.specifier)) return own;
  return ok(higher(question.node, own.value, core.version));
}

/** The higher one of two versions, canonical or native. */
export function higher({ ecosystem: { versions } }: PackageNode, a: string, b: string): string {
  if (valid(a) && valid(b)) return lt(a, b) ? b : a;
  const [first, second] = [a, b].map((each) => {
    const native = versions.toNative(each);
    return native.ok ? native.value : each;
  }) as [string, string];
  if (!versions.isValid(second)) return a;
  return !versions.isValid(first) || versions.compare(first, second) < 0 ? b : a;
}

/**
 * FORGE-V007 for a package whose grammar has no place for what the scheme makes. Asked of the grammar, so that
 * no list of ecosystems has to be kept.
 */
export function schemeProblem(
  { ecosystem, manifest }: PackageNode,
  scheme: Scheme,
  { group, ...place }: { readonly group: string } & ReturnType<typeof groupOptionPlace>,
): ForgeError | undefined {
  if (scheme !== 'core-patch' || ecosystem.versions.isValid('1.2.3.4')) return undefined;
  return new ForgeError('FORGE-V007', {
    what: `\`${manifest.name}\` (${ecosystem.title}) cannot have versions like \`1.2.3.4\`, which the scheme \`${scheme}\` of \`${group}\` makes`,
    ...place,
    fix: 'use "scheme": "follow" for the group: it stays above the core version in three parts',
  });
}

function isBump(specifier: string): specifier is BumpType {
  return (bumpTypes as readonly string[]).includes(specifier);
}

function stuck(what: string): Result<never> {
  return fail(new ForgeError('FORGE-V008', { what, where: { file: 'nx.json' } }));
}
