import { groupBy } from '../graph/group-by';
import type { WorkspaceModel } from '../graph/model';
import { versionedPackages } from '../plan/versioned-packages';
import type { NxProject, NxReleaseGroup } from './nx-run';

type VersionPlans = Exclude<NxReleaseGroup['resolvedVersionPlans'], false>;
type VersionPlan = VersionPlans[number];

/** Leaves in the groups' version plans what Nx can count with; returns what puts all of them back. */
export function settleRivals(
  projects: readonly NxProject[],
  { packages }: WorkspaceModel,
): (() => void)[] {
  const byProject = groupBy(packages, ({ project }) => project);
  return [...groupBy(projects, ({ group }) => group)].flatMap(([group, members]) => {
    const plans = group.resolvedVersionPlans;
    if (!plans || plans.length < 2) return [];
    const odd = members.filter(({ project }) =>
      versionedPackages(byProject.get(project) ?? []).some(({ manifest, ecosystem }) => {
        const { value } = manifest.version;
        return value !== null && !ecosystem.versions.toCanonical(value).ok;
      }),
    );
    const names = odd.map(({ nxName }) => nxName);
    group.resolvedVersionPlans = withoutRivals(plans, names);
    return [() => (group.resolvedVersionPlans = plans)];
  });
}

/**
 * Where several version plans bump one project, the highest bump counts. Nx 23.1 to 24.0 finds it by comparing the
 * versions that would come of them, and dies of `Invalid version` where a version is no SemVer (`0.1.8.2`): those
 * projects are left in one plan, the one with the highest bump. `odd` names them; for a fixed group, any.
 */
export function withoutRivals(plans: VersionPlans, odd: readonly string[]): VersionPlans {
  if (odd.length === 0) return plans;
  const ranked = [...plans].sort((a, b) => rank(groupBump(a)) - rank(groupBump(b)));
  const [highest] = ranked;
  if (highest && groupBump(highest)) return [highest];
  const winners = new Map(odd.map((name) => [name, winnerOf(name, plans)]));
  return plans.map((plan) => {
    const bumps = Object.entries(projectBumps(plan)).filter(
      ([name]) => (winners.get(name) ?? plan) === plan,
    );
    return { ...plan, projectVersionBumps: Object.fromEntries(bumps) } as VersionPlan;
  });
}

function winnerOf(project: string, plans: VersionPlans): VersionPlan | undefined {
  const own = plans.filter((plan) => project in projectBumps(plan));
  const rankOf = (plan: VersionPlan): number => rank(projectBumps(plan)[project]);
  return own.sort((a, b) => rankOf(a) - rankOf(b))[0];
}

function groupBump(plan: VersionPlan): string | undefined {
  return 'groupVersionBump' in plan ? plan.groupVersionBump : undefined;
}

function projectBumps(plan: VersionPlan): Readonly<Record<string, string>> {
  return 'projectVersionBumps' in plan ? plan.projectVersionBumps : {};
}

/** As `semver` 7 ranks them, by which Nx goes. */
const fromHighest = ['major', 'premajor', 'minor', 'preminor', 'patch', 'prepatch', 'prerelease'];

function rank(bump: string | undefined): number {
  return bump === undefined ? Infinity : fromHighest.indexOf(bump);
}
