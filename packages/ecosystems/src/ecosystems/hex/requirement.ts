import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  remembered,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';
import { moveComparison, withoutBuild } from './requirement-move';
import { matches, parseRequirement, type Group } from './requirement-syntax';
import { versionParts, type VersionParts } from './version-text';

/**
 * Requirements of Elixir's `Version`. A prerelease counts where it lies in the range: Mix compares path
 * dependencies so (1.14, `Mix.Dep.Loader.vsn_match/3`), and Hex's solver takes it when nothing stable fits
 * (hex_solver 0.2.3, `Version.prioritize/2`).
 */
export const requirements: RequirementGrammar = remembered({
  satisfies: (requirement, version) => satisfies(requirement, version),
  rewrite,
  default: usualRequirement,
});

/** `Version.match?(version, requirement, allow_pre: allowPre)`. */
export function satisfies(requirement: string, version: string, allowPre = true): Result<boolean> {
  const groups = parseRequirement(requirement);
  const parts = versionParts(version);
  if (!groups) return unreadable(requirement);
  return ok(parts !== undefined && groups.some((group) => matches(group, parts, allowPre)));
}

function rewrite(requirement: string, version: string, policy: RequirementPolicy): Result<string> {
  const groups = parseRequirement(requirement);
  const parts = versionParts(version);
  if (!groups) return unreadable(requirement);
  if (!parts) return unkeepable(requirement, version);
  const taking = groups.findLast((group) => matches(group, parts));
  if (taking && policy === 'violated') return ok(requirement);
  const rewritten = rewriteGroups(requirement, groups, taking, { text: version, parts }, policy);
  const check = satisfies(rewritten, version);
  return check.ok && check.value ? ok(rewritten) : unkeepable(requirement, version);
}

interface Target {
  readonly text: string;
  readonly parts: VersionParts;
}

/**
 * The last group that takes the version is raised, and a single one is moved. Of several that all refuse it none
 * is given up: one more joins them, in the form of the last.
 */
function rewriteGroups(
  requirement: string,
  groups: readonly Group[],
  taking: Group | undefined,
  target: Target,
  policy: RequirementPolicy,
): string {
  const last = groups.at(-1) ?? [];
  if (taking) return moveGroup(requirement, taking, target, policy);
  if (groups.length === 1) return moveGroup(requirement, last, target, policy);
  const moved = moveGroup(requirement, last, target, 'always');
  return `${requirement} or ${moved.slice(groupStart(requirement)).trim()}`;
}

function groupStart(requirement: string): number {
  return requirement.lastIndexOf(' or ') + ' or '.length;
}

function moveGroup(
  requirement: string,
  group: Group,
  { text, parts }: Target,
  policy: RequirementPolicy,
): string {
  return group.reduceRight((done, each) => {
    const end = each.start + each.operand.length;
    return done.slice(0, each.start) + moveComparison(each, text, parts, policy) + done.slice(end);
  }, requirement);
}

/** As hexpm shows it for copying: two parts, three below 1.0.0 and for prereleases (`PackageView.snippet_version/2`). */
function usualRequirement(version: string): string {
  const { major, minor, pre } = versionParts(version) ?? { major: 0, minor: 0, pre: [] };
  const isStable = major > 0 && pre.length === 0;
  return isStable ? `~> ${major}.${minor}` : `~> ${withoutBuild(version)}`;
}

function unreadable(requirement: string): Result<never> {
  const what = `\`${requirement}\` is not a requirement that Elixir reads`;
  return fail(new ForgeError('FORGE-V003', { what }));
}

function unkeepable(requirement: string, version: string): Result<never> {
  const what = `\`${requirement}\` cannot be made to take \`${version}\` and keep its meaning`;
  return fail(new ForgeError('FORGE-V004', { what }));
}
