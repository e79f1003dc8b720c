import { nxReleaseGroups, type NxReleaseSettings } from '../configuration/nx-release-groups';
import type { Triggers } from '../configuration/triggers';
import type { WorkspaceModel } from './model';
import { tagsOf } from './project-nodes';

/**
 * What triggers name as a group's own, as Nx inputs by project: Nx then sees by itself that a script outside of a
 * project concerns it. `release` of nx.json says who is in a group.
 */
export function ownInputs(
  model: WorkspaceModel,
  triggers: Triggers,
  release: NxReleaseSettings,
): ReadonlyMap<string, readonly string[]> {
  const inputs = new Map<string, readonly string[]>();
  if (Object.values(triggers).every(({ own = [] }) => own.length === 0)) return inputs;
  const projects = [...model.projects.values()].map((project) => {
    const { name, root } = project;
    return { name, root, tags: tagsOf(project) };
  });
  for (const { name, projects: members } of nxReleaseGroups(release, projects)) {
    const own = triggers[name]?.own?.map((glob) => `{workspaceRoot}/${glob}`) ?? [];
    for (const member of members) inputs.set(member, own);
  }
  return inputs;
}
