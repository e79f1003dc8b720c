import { matchProjects, type NamedProject } from './match-projects';

/** `release` of nx.json, as far as it decides who is released with whom. */
export interface NxReleaseSettings {
  readonly projects?: string | readonly string[];
  readonly projectsRelationship?: string;
  readonly releaseTag?: { readonly pattern?: string };
  readonly versionPlans?: unknown;
  readonly groups?: Readonly<Record<string, NxGroupSettings>>;
  readonly conventionalCommits?: CommitConventions;
}

/** How versions follow from commit messages. */
export interface CommitConventions {
  /** False: a commit counts in full for every project whose files it touched. */
  readonly useCommitScope?: boolean;
  readonly types?: Readonly<Record<string, boolean | { readonly semverBump?: string }>>;
}

export interface NxGroupSettings {
  readonly projects?: string | readonly string[];
  readonly projectsRelationship?: string;
  readonly releaseTag?: { readonly pattern?: string };
  readonly versionPlans?: unknown;
}

/** A release group of nx.json with the defaults of Nx 23 and 24 filled in. */
export interface NxJsonGroup {
  readonly name: string;
  readonly isFixed: boolean;
  /** Names of Nx projects. */
  readonly projects: readonly string[];
  readonly tagPattern: string;
  readonly hasVersionPlans: boolean;
}

/** The name of the group that Nx makes where nx.json has none. */
export const implicitGroup = '__default__';

/**
 * The release groups of nx.json. Empty where it says nothing of projects: Nx then takes JavaScript libraries only,
 * which `init` corrects.
 */
export function nxReleaseGroups(
  release: NxReleaseSettings,
  projects: readonly NamedProject[],
): NxJsonGroup[] {
  const groups = Object.entries(release.groups ?? {});
  if (groups.length > 0)
    return groups.map(([name, group]) =>
      groupOf(name, { versionPlans: release.versionPlans, ...group }, release, projects),
    );
  return release.projects === undefined ? [] : [groupOf(implicitGroup, release, release, projects)];
}

function groupOf(
  name: string,
  settings: NxGroupSettings,
  release: NxReleaseSettings,
  projects: readonly NamedProject[],
): NxJsonGroup {
  const relationship = settings.projectsRelationship ?? release.projectsRelationship;
  return {
    name,
    isFixed: relationship !== 'independent',
    projects: matchProjects([settings.projects ?? []].flat(), projects),
    tagPattern: settings.releaseTag?.pattern ?? defaultPattern(name, settings, release),
    hasVersionPlans: Boolean(settings.versionPlans),
  };
}

/** Nx asks what the group itself says of its relationship here, not what it inherits. */
function defaultPattern(
  name: string,
  { projectsRelationship }: NxGroupSettings,
  { releaseTag }: NxReleaseSettings,
): string {
  const given = releaseTag?.pattern;
  if (name === implicitGroup)
    return given ?? (projectsRelationship === 'independent' ? eachItsOwn : 'v{version}');
  if (projectsRelationship === 'independent')
    return given?.includes('{projectName}') ? given : eachItsOwn;
  return given ?? '{releaseGroupName}-v{version}';
}

const eachItsOwn = '{projectName}@{version}';
