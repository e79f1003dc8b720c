import type { ProjectGraph, TargetConfiguration } from '@nx/devkit';
import type { VersionActions } from 'nx/release';
import { ok, type Result } from '@forge/ecosystems';
import { groupOptions, plainOptions, type GroupOptions } from '../configuration/group-options';
import type { ReleaseGroup } from '../configuration/release-group';
import { tagName } from '../configuration/tag-name';
import { nxReleasePublish } from '../graph/targets';
import { commitsAsPlan } from './nx-answers';
import type { NxGroup } from './nx-limits';

/** What the constructor of a `VersionActions` is handed of its release group and its configuration. */
export type NxReleaseGroup = VersionActions['releaseGroup'];
export type NxConfiguration = VersionActions['finalConfigForProject'];

export function isFixed({ projectsRelationship }: NxReleaseGroup): boolean {
  return projectsRelationship === 'fixed';
}

/** A project of the release, by both of its names. */
export interface NxProject {
  readonly nxName: string;
  /** Name in the model of the workspace. */
  readonly project: string;
  readonly group: NxReleaseGroup;
  readonly configuration: NxConfiguration;
}

/** All that Nx tells its `VersionActions` of a run, one project at a time. */
export interface NxRun {
  /** Grows while Nx makes its objects, one for every project of the configuration, and is whole after that. */
  readonly groups: ReadonlyMap<string, ReleaseGroup>;
  join(project: NxProject): void;
  /** Marks a project that this run will really version; Nx validates no others. */
  process(nxName: string): void;
  /** FORGE-C008 */
  optionsOf(project: NxProject): Result<GroupOptions>;
  /** Nx's name of a project that is part of the release. */
  nxNameOf(project: string): string | undefined;
  see(graph: ProjectGraph): void;
  dependenciesOf(nxName: string): readonly string[];
  /** What Nx starts to publish a project, by its name in the model. */
  publishTargetOf(project: string): TargetConfiguration | undefined;
  /** The tags that Nx sets when these versions are written, by project: one for a fixed group. */
  tagsOf(versionOf: (project: string) => string | undefined): readonly string[];
  /** The groups as Nx will go through them. */
  nxGroups(): readonly NxGroup[];
}

export function createNxRun(): NxRun {
  const groups = new Map<string, ReleaseGroup>();
  const joined = new Map<string, NxProject>();
  const byProject = new Map<string, string>();
  const processed = new Set<string>();
  const options = new Map<string, Result<GroupOptions>>();
  let seen: ProjectGraph | undefined;

  function optionsOf({ nxName, group, configuration }: NxProject): Result<GroupOptions> {
    const known = options.get(nxName);
    if (known) return known;
    const { versionActionsOptions: given = {} } = configuration;
    // A thousand projects have nothing to say here.
    const read =
      Object.keys(given).length === 0 ? ok(plainOptions) : groupOptions(group.name, given);
    options.set(nxName, read);
    return read;
  }

  return {
    groups,
    join(each) {
      joined.set(each.nxName, each);
      byProject.set(each.project, each.nxName);
      const { name, projectsRelationship } = each.group;
      const known = groups.get(name);
      // The list grows in place: a copy for each of a thousand projects would be quadratic.
      if (known) (known.projects as string[]).push(each.project);
      else groups.set(name, firstOf(name, each, projectsRelationship, optionsOf(each)));
    },
    process: (nxName) => void processed.add(nxName),
    optionsOf,
    nxNameOf: (project) => byProject.get(project),
    see(graph) {
      seen = graph;
    },
    dependenciesOf: (nxName) => (seen?.dependencies[nxName] ?? []).map(({ target }) => target),
    publishTargetOf: (project) =>
      seen?.nodes[byProject.get(project) ?? '']?.data.targets?.[nxReleasePublish],
    tagsOf: (versionOf) => tagsOf([...joined.values()], versionOf),
    nxGroups: () => nxGroupsOf([...joined.values()].filter(({ nxName }) => processed.has(nxName))),
  };
}

function tagsOf(
  projects: readonly NxProject[],
  versionOf: (project: string) => string | undefined,
): readonly string[] {
  const tags = projects.flatMap(({ nxName, project, group }) => {
    const { name: releaseGroupName, releaseTag, projectsRelationship } = group;
    const version = versionOf(project);
    if (version === undefined || !releaseTag?.pattern) return [];
    const projectName = projectsRelationship === 'fixed' ? releaseGroupName : nxName;
    return [tagName(releaseTag.pattern, { version, releaseGroupName, projectName })];
  });
  return [...new Set(tags)];
}

function firstOf(
  name: string,
  { project }: NxProject,
  relationship: NxReleaseGroup['projectsRelationship'],
  options: Result<GroupOptions>,
): ReleaseGroup {
  return {
    name,
    isFixed: relationship === 'fixed',
    projects: [project],
    options: options.ok ? options.value : plainOptions,
  };
}

function nxGroupsOf(projects: readonly NxProject[]): NxGroup[] {
  const groups = new Map<string, NxGroup & { projects: string[] }>();
  for (const { nxName, group, configuration } of projects) {
    const known = groups.get(group.name);
    if (known) known.projects.push(nxName);
    else
      groups.set(group.name, {
        name: group.name,
        isFixed: group.projectsRelationship === 'fixed',
        mayStay: mayStay(group, configuration),
        projects: [nxName],
      });
  }
  return [...groups.values()];
}

/** Commits are read when the group's turn comes; version plans are known before. */
function mayStay(group: NxReleaseGroup, { specifierSource }: NxConfiguration): boolean {
  if (specifierSource === 'conventional-commits') return true;
  const plans = group.resolvedVersionPlans;
  return plans && plans.every(({ relativePath }) => relativePath === commitsAsPlan);
}
