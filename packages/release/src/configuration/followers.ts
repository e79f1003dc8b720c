import { list, object, record, satisfies, type Check } from './checks';

/**
 * A version place that follows a release group, as the user writes it: the path of a manifest, the path of
 * any other file, or a place in a file. `pattern` has `{version}` in each of its alternatives (`|`).
 */
export type FollowerOption =
  | string
  | { readonly file: string; readonly pattern: string; readonly ecosystem?: string }
  | { readonly file: string; readonly pointer: string; readonly ecosystem?: string };

/** By release group. */
export type FollowersOption = Readonly<Record<string, readonly FollowerOption[]>>;

/** The same with everything decided. */
export interface Follower {
  readonly group: string;
  readonly file: string;
  readonly place: FollowerPlace;
  /** The ecosystem in whose spelling the version is written; without it the canonical one. */
  readonly ecosystem?: string;
}

export type FollowerPlace =
  /** The package of a manifest; in any other file the first version. */
  | { readonly kind: 'file' }
  | { readonly kind: 'pattern'; readonly alternatives: readonly string[] }
  | { readonly kind: 'pointer'; readonly path: readonly string[] };

const versionMark = '{version}';

export function normalizeFollowers(followers: FollowersOption = {}): readonly Follower[] {
  return Object.entries(followers).flatMap(([group, entries]) =>
    entries.map((entry) => {
      if (typeof entry === 'string')
        return { group, file: entry, place: { kind: 'file' as const } };
      const { file, ecosystem } = entry;
      return { group, file, place: placeOf(entry), ...(ecosystem ? { ecosystem } : {}) };
    }),
  );
}

function placeOf(entry: Exclude<FollowerOption, string>): FollowerPlace {
  if ('pattern' in entry) return { kind: 'pattern', alternatives: alternativesOf(entry.pattern) };
  return { kind: 'pointer', path: pointerPath(entry.pointer) };
}

function alternativesOf(pattern: string): string[] {
  return pattern.split('|');
}

/** The steps of a JSON pointer (RFC 6901). */
export function pointerPath(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function isPointer(value: unknown): boolean {
  return typeof value === 'string' && /^(?:\/(?:[^~]|~[01])*)+$/.test(value);
}

/** All problems of the option `followers` (FORGE-C001). */
export function followersCheck(ecosystems: readonly string[]): Check {
  return record(list(followerCheck(ecosystems)));
}

function followerCheck(ecosystems: readonly string[]): Check {
  const place = object({
    file: isPath,
    pattern: isPattern,
    pointer: satisfies(isPointer, 'a JSON pointer', 'write it like `/extra/core`'),
    ecosystem: satisfies(
      (value) => ecosystems.includes(value as string),
      'an ecosystem',
      `use one of ${ecosystems.join(', ')}`,
    ),
  });
  return (path, value, key) => {
    if (typeof value === 'string') return isPath(path, value, key);
    const problems = place(path, value, key);
    return problems.length > 0 ? problems : onePlace(path, value, key);
  };
}

const isPath = satisfies(
  (value) =>
    typeof value === 'string' && value !== '' && !/^(?:\.{0,2}\/|\.\.$)|\\|\/\.\.\//.test(value),
  'the path of a file',
  'write a path from the root of the workspace, with `/`',
);

const isPattern = satisfies(
  (value) =>
    typeof value === 'string' && alternativesOf(value).every((each) => each.includes(versionMark)),
  'a pattern',
  'write `{version}` in each alternative, for example `version {version}|v{version}`',
);

const onePlace = satisfies(
  (value) => {
    const { file, pattern, pointer } = value as Record<string, unknown>;
    return file !== undefined && (pattern === undefined) !== (pointer === undefined);
  },
  'a follower',
  'give a `file` and either a `pattern` or a `pointer`, or the path alone',
);
