import type { ProjectModel } from '../graph/model';
import { needsCore } from '../configuration/group-options';
import type { NxProject } from './nx-run';
import type { VersionSession } from './version-session';

/**
 * The projects of the release that this one is made of, by their names in the model: the nearest ones, seen through
 * packages that are not released themselves (a native core inside its binding). With them the fixed group whose version the
 * project goes by, so that Nx decides that group first.
 */
export function releasedNeeds(
  session: VersionSession,
  { name, packages }: ProjectModel,
  joined: NxProject,
): string[] {
  const { run } = session;
  const found = new Set<string>();
  const passed = new Set(packages);
  // A Set visits what is added while it is walked.
  for (const node of passed) {
    for (const { kind, to } of session.edgesFrom(node)) {
      if (kind === 'dev') continue;
      if (to.project === name || run.nxNameOf(to.project) === undefined) passed.add(to);
      else found.add(to.project);
    }
  }
  const options = run.optionsOf(joined);
  const core = options.ok && needsCore(options.value.scheme) ? options.value.core : undefined;
  const group = core === undefined ? undefined : run.groups.get(core);
  if (group?.isFixed && !group.projects.some((each) => found.has(each)))
    for (const first of group.projects.slice(0, 1)) found.add(first);
  return [...found];
}
