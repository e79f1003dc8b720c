import type { ExecutorContext, NxJsonConfiguration } from '@nx/devkit';
import { ok, type ForgeError, type Result } from '@forge/ecosystems';
import { groupOptions, plainOptions, type GroupOptions } from '../../configuration/group-options';
import { nxReleaseGroups } from '../../configuration/nx-release-groups';
import type { ReleaseGroup } from '../../configuration/release-group';
import type { WorkspaceModel } from '../../graph/model';

type Release = NonNullable<NxJsonConfiguration['release']>;

/** The release groups of nx.json, with their projects by the names of the model. FORGE-C008 */
export function releaseGroupsOf(
  { nxJsonConfiguration, projectsConfigurations }: ExecutorContext,
  model: WorkspaceModel,
): {
  readonly groups: ReadonlyMap<string, ReleaseGroup>;
  readonly problems: readonly ForgeError[];
} {
  const release: Release = nxJsonConfiguration.release ?? {};
  const { projects } = projectsConfigurations;
  const named = Object.entries(projects).map(([name, { root, tags = [] }]) => ({
    name,
    root,
    tags,
  }));
  const problems: ForgeError[] = [];
  const groups = nxReleaseGroups(release, named).map(({ name, isFixed, projects: members }) => {
    const options = optionsOf(name, release);
    if (!options.ok) problems.push(...options.problems);
    const own = members.flatMap((each) => model.projects.get(projects[each]?.root || '.') ?? []);
    const known = own.filter(({ packages }) => packages.length > 0);
    return {
      name,
      isFixed,
      projects: known.map((each) => each.name),
      options: options.ok ? options.value : plainOptions,
    };
  });
  return { groups: new Map(groups.map((group) => [group.name, group])), problems };
}

/** As Nx merges them: what all groups have, then what the group says. */
function optionsOf(name: string, { version, groups }: Release): Result<GroupOptions> {
  const given = { ...optionsIn(version), ...optionsIn(groups?.[name]?.version) };
  return Object.keys(given).length === 0 ? ok(plainOptions) : groupOptions(name, given);
}

function optionsIn(version: unknown): Readonly<Record<string, unknown>> {
  const { versionActionsOptions } = (version ?? {}) as {
    readonly versionActionsOptions?: Readonly<Record<string, unknown>>;
  };
  return versionActionsOptions ?? {};
}
