import type { NxProject, NxReleaseGroup } from './nx-run';

type VersionPlans = NxReleaseGroup['resolvedVersionPlans'];

/** What Nx is told when it asks for the bump of a group or of a project; `none` for no bump. */
export type Ask = (key: string) => string;

/**
 * Has Nx ask us for bumps. Nx 23.1 to 24.0 takes a bump from version plans where a project's configuration says so,
 * and shares both objects with us: a plan in memory whose bumps are computed when they are read is a question.
 * Nothing is computed, and no problem is thrown, where a specifier was given and Nx asks for none.
 *
 * Returns what undoes it: changelogs are made after versions, and must be made of commits again.
 */
export function answerInPlace(
  group: NxReleaseGroup,
  members: readonly NxProject[],
  ask: Ask,
): () => void {
  const { versionPlans, resolvedVersionPlans } = group;
  const sources = members.map(({ configuration }) => configuration.specifierSource);
  group.versionPlans = true;
  group.resolvedVersionPlans = [planInMemory(group, members, ask)] as unknown as VersionPlans;
  for (const { configuration } of members) configuration.specifierSource = 'version-plans';
  return () => {
    group.versionPlans = versionPlans;
    group.resolvedVersionPlans = resolvedVersionPlans;
    for (const [at, { configuration }] of members.entries())
      configuration.specifierSource = sources[at] ?? configuration.specifierSource;
  };
}

function planInMemory({ name }: NxReleaseGroup, members: readonly NxProject[], ask: Ask): object {
  const projectVersionBumps = {};
  for (const { nxName } of members)
    Object.defineProperty(projectVersionBumps, nxName, {
      enumerable: true,
      get: () => ask(nxName),
    });
  return {
    fileName: commitsAsPlan,
    relativePath: commitsAsPlan,
    projectVersionBumps,
    get groupVersionBump() {
      return ask(name);
    },
  };
}

/** Stands where the path of a version plan would. */
export const commitsAsPlan = '.nx/version-plans/(conventional commits)';

/**
 * Tells whether Nx has made a copy of a release group: with `--projects` or `--groups` it adds groups of dependents
 * as copies that have no version plans, and asks those. They are out of our reach, and Nx decides for them. A copy
 * is made by spreading, which reads this property; nobody else does.
 */
export function watchForCopies(group: NxReleaseGroup): () => boolean {
  let isCopied = false;
  Object.defineProperty(group, Symbol('forge:copied'), {
    enumerable: true,
    get() {
      isCopied = true;
      return undefined;
    },
  });
  return () => isCopied;
}
