import type { NxReleaseGroup, NxVersions } from '../nx-release';

/** What Nx would answer for some groups; a version of null for projects that stay. */
export function nxVersions(
  groups: readonly (Partial<NxReleaseGroup> & {
    readonly versions: Readonly<Record<string, string | null>>;
  })[],
): NxVersions {
  const releaseGroups = groups.map(({ versions, ...group }, index) => ({
    name: `group-${index + 1}`,
    projectsRelationship: 'independent',
    releaseTag: { pattern: '{projectName}@{version}' },
    changelog: false,
    resolvedVersionPlans: false,
    projects: Object.keys(versions),
    ...group,
  }));
  const all = Object.assign({}, ...groups.map(({ versions }) => versions)) as Record<
    string,
    string | null
  >;
  const projectsVersionData = Object.fromEntries(
    Object.entries(all).map(([name, newVersion]) => [name, { newVersion }]),
  );
  return { releaseGraph: { releaseGroups }, projectsVersionData } as unknown as NxVersions;
}
