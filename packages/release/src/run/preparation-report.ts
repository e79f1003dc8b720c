import type { Workspace } from '../effects/open-workspace';
import { createWorld } from '../effects/world';
import { plannedUnits } from '../plan/planned-units';
import type { PreflightScope } from '../preflight/preflight';
import { preflightRun } from '../preflight/preflight-run';
import type { PreflightReport } from '../preflight/report';
import type { PlannedRelease } from '../record/planned-release';
import { forgeTokenProblems } from './forge-token';
import { releaseTarget } from './release-target';

export interface Preparation extends Pick<PreflightScope, 'confirm'> {
  /** No registry is asked for a token of trusted publishing, and nobody is asked anything. */
  readonly dryRun: boolean;
}

/** Everything that would stop a release half-way, and what else is to be known, before anything is written. */
export async function preparationReport(
  workspace: Workspace,
  planned: PlannedRelease,
  { dryRun, confirm }: Preparation,
): Promise<PreflightReport> {
  const target = await releaseTarget(workspace, planned.asked);
  const units = plannedUnits(planned.plan, workspace.model, target);
  const tags = planned.tags.map(({ name }) => name);
  const asks = confirm && !dryRun ? { confirm } : {};
  const { access } = planned.asked;
  const options = { ...target, ...asks, allowDirty: false, tags, access };
  const { report } = await preflightRun(workspace, units, options, createWorld({ dryRun }));
  const problems = [...report.problems, ...forgeTokenProblems(planned.forgeReleases)];
  return { ...report, problems };
}
