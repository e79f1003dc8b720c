import { fail, ForgeError, ok, type RequirementPolicy, type Result } from '@forge/ecosystems';
import { quoted } from './checks';
import { isPointer, pointerPath } from './followers';

/**
 * How versions of a group go on:
 * - `semver`: as the bump says,
 * - `patch-only`: every bump is a patch, for a line that stays in 0.1.N,
 * - `core-patch`: the version of the core group and a number of its own, `0.1.8.2`,
 * - `follow`: as the bump says, and never below the core group.
 */
export const schemes = ['semver', 'patch-only', 'core-patch', 'follow'] as const;
export type Scheme = (typeof schemes)[number];

/** What `version.versionActionsOptions` of a release group says to us. Other keys are other actions' business. */
export interface GroupOptions {
  readonly scheme: Scheme;
  /** The release group whose version `core-patch` and `follow` go by. */
  readonly core?: string;
  /** Where the core version is recorded: a JSON file, relative to the project, and the steps to the value. */
  readonly recordCore?: { readonly file: string; readonly path: readonly string[] };
  /** Instead of the plugin's own option, for requirements in the manifests of the group. */
  readonly requirements?: RequirementPolicy;
}

export const plainOptions: GroupOptions = { scheme: 'semver' };

/** FORGE-C008, all problems together. */
export function groupOptions(
  group: string,
  given: Readonly<Record<string, unknown>>,
): Result<GroupOptions> {
  const { scheme = 'semver', core, recordCore, requirements } = given;
  const problems: ForgeError[] = [];
  const refuse = (key: string, is: string, fix: string): void => {
    const what = `the release group \`${group}\` has ${is} as \`${key}\``;
    problems.push(new ForgeError('FORGE-C008', { what, where: { file: 'nx.json' }, fix }));
  };
  if (!isScheme(scheme)) refuse('scheme', shown(scheme), `use one of ${quoted(schemes)}`);
  else if (needsCore(scheme) && core === undefined)
    refuse('core', 'nothing', `name the release group that \`${scheme}\` goes by: "core": "…"`);
  if (core !== undefined && (typeof core !== 'string' || core === group))
    refuse('core', shown(core), 'name another release group');
  if (recordCore !== undefined && !isRecord(recordCore))
    refuse('recordCore', shown(recordCore), 'write it like `package.json#/extra/core`');
  if (requirements !== undefined && !isPolicy(requirements))
    refuse('requirements', shown(requirements), 'use `violated` or `always`');
  if (problems.length > 0) return fail(...problems);
  return ok({
    scheme: scheme as Scheme,
    ...(typeof core === 'string' ? { core } : {}),
    ...(isRecord(recordCore) ? { recordCore: recordOf(recordCore) } : {}),
    ...(isPolicy(requirements) ? { requirements } : {}),
  });
}

export function needsCore(scheme: Scheme): boolean {
  return scheme === 'core-patch' || scheme === 'follow';
}

function isScheme(value: unknown): value is Scheme {
  return (schemes as readonly unknown[]).includes(value);
}

function isPolicy(value: unknown): value is RequirementPolicy {
  return value === 'violated' || value === 'always';
}

function isRecord(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const [file, pointer, ...more] = value.split('#');
  return Boolean(file) && isPointer(pointer) && more.length === 0;
}

function recordOf(value: string): { readonly file: string; readonly path: readonly string[] } {
  const [file = '', pointer = ''] = value.split('#');
  return { file, path: pointerPath(pointer) };
}

function shown(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
