import { fail, ok, type Result } from '@forge/ecosystems';
import type { RegistryOptions } from '../configuration/registry-target';
import type { Workspace } from '../effects/open-workspace';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { publishUnits } from '../publish/publish-units';
import { isSuccess, type UnitResult } from '../publish/unit-result';
import { unitsOfProject } from '../publish/units-of-project';
import { onCommit } from './committed';
import { journalOf } from './journal-of';
import { plannedProjects } from './package-stage';
import { labelOfPlanned, plannedUploads } from '../plan/planned-units';
import { releaseTarget } from './release-target';
import { stageDone, type Stage, type StageContext, type StageResult } from './stage';

/** Uploads what the registries do not hold yet. They are asked, not the journal: an upload may outlive its process. */
export const publishStage: Stage = {
  name: 'publish',
  run: (context) => onCommit(context, (workspace) => publishAll(workspace, context)),
};

async function publishAll(workspace: Workspace, context: StageContext): Promise<StageResult> {
  const { store, world } = context;
  const { tag, access } = store.planned.asked;
  const target = await releaseTarget(workspace, store.planned.asked);
  const units = unitsOf(workspace, context, target);
  if (!units.ok) return units;
  const { limitWithin } = workspace.options;
  const options = {
    // The commit is what counts; what a user has begun to change since is none of it.
    ...{ ...target, tag, access, onDuplicate: 'fail' as const, allowDirty: true },
    log: journalOf(context),
    ...(limitWithin === undefined ? {} : { deadlines: { limitWithin } }),
  };
  const tell = (unit: PublishUnit, result: UnitResult): void => recordResult(context, unit, result);
  const report = await publishUnits(workspace, units.value, [], options, world, tell);
  if (report.kind === 'refused') return { ok: false, problems: report.problems };
  const failed = [...report.results.values()].filter((result) => !isSuccess(result));
  const problems = failed.flatMap((result) => ('error' in result ? [result.error] : []));
  return problems.length > 0 ? { ok: false, problems } : stageDone;
}

/** Packages of a project that this release did not version are none of its business. */
function unitsOf(
  workspace: Workspace,
  context: StageContext,
  target: RegistryOptions,
): Result<readonly PublishUnit[]> {
  const found = plannedProjects(workspace, context).map((project) =>
    unitsOfProject(workspace.root, project, target, true),
  );
  const problems = found.flatMap((each) => each.problems);
  if (problems.length > 0) return fail(...problems);
  const labels = new Set(plannedUploads(context.store.planned.plan).map(labelOfPlanned));
  return ok(found.flatMap(({ units }) => units).filter((unit) => labels.has(labelOf(unit))));
}

function recordResult(
  { store, progress }: StageContext,
  unit: PublishUnit,
  result: UnitResult,
): void {
  store.journal.append('step', {
    ...{ step: 'publish', subject: labelOf(unit) },
    state: isSuccess(result) ? 'done' : 'failed',
    outcome: result.kind,
    registry: Object.values(unit.endpoints)[0],
    // Where `yank` finds it again, whatever is set by then.
    endpoints: unit.endpoints,
    ...('url' in result && result.url !== undefined ? { url: result.url } : {}),
    ...('error' in result ? { error: `${result.error.code} ${result.error.what}` } : {}),
  });
  progress.result(unit, result);
}
