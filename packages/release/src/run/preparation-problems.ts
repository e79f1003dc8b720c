import type { ForgeError } from '@forge/ecosystems';
import { withDestinations } from '../credentials/destinations';
import type { Workspace } from '../effects/open-workspace';
import { createWorld } from '../effects/world';
import { preflightRun } from '../preflight/preflight-run';
import type { PlannedRelease } from '../record/planned-release';
import { forgeTokenProblems } from './forge-token';
import { plannedUnits } from '../plan/planned-units';

/** Everything that would stop a release half-way, before anything is written. */
export async function preparationProblems(
  workspace: Workspace,
  planned: PlannedRelease,
): Promise<readonly ForgeError[]> {
  const tags = planned.tags.map(({ name }) => name);
  const target = await withDestinations({ ...planned.asked, allowDirty: false, tags }, workspace);
  const units = plannedUnits(planned.plan, workspace.model, target);
  const world = createWorld({ dryRun: true });
  const { report } = await preflightRun(workspace, units, target, world);
  return [...report.problems, ...forgeTokenProblems(planned.forgeReleases)];
}
