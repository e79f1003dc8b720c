import { withDestinations } from '../credentials/destinations';
import { openWorkspace } from '../effects/open-workspace';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { publishUnits } from '../publish/publish-units';
import { isSuccess, type UnitResult } from '../publish/unit-result';
import { unitsOfProject } from '../publish/units-of-project';
import { journalOf } from './journal-of';
import { plannedProjects } from './package-stage';
import { labelOfPlanned, plannedUploads } from './planned-units';
import { stageDone, type Stage, type StageContext } from './stage';

/** Uploads what the registries do not hold yet. They are asked, not the journal: an upload may outlive its process. */
export const publishStage: Stage = {
  name: 'publish',
  async run(context) {
    const { store, world, root } = context;
    const { registry, tag, access } = store.planned.asked;
    const workspace = await openWorkspace(root);
    const target = await withDestinations({ registry }, workspace);
    const found = plannedProjects(workspace, context).map((project) =>
      unitsOfProject(root, project, target, true),
    );
    const problems = found.flatMap((each) => each.problems);
    if (problems.length > 0) return { ok: false, problems };
    const labels = new Set(plannedUploads(store.planned.plan).map(labelOfPlanned));
    const units = found.flatMap((each) => each.units).filter((unit) => labels.has(labelOf(unit)));
    const options = {
      // The commit is what counts; what a user has begun to change since is none of it.
      ...{ ...target, tag, access, onDuplicate: 'fail' as const, allowDirty: true },
      log: journalOf(context),
    };
    const tell = (unit: PublishUnit, result: UnitResult): void =>
      recordResult(context, unit, result);
    const report = await publishUnits(workspace, units, [], options, world, tell);
    if (report.kind === 'refused') return { ok: false, problems: report.problems };
    const failed = [...report.results.values()].filter((result) => !isSuccess(result));
    const errors = failed.flatMap((result) => ('error' in result ? [result.error] : []));
    return errors.length > 0 ? { ok: false, problems: errors } : stageDone;
  },
};

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
    ...('url' in result && result.url !== undefined ? { url: result.url } : {}),
    ...('error' in result ? { error: `${result.error.code} ${result.error.what}` } : {}),
  });
  progress.result(unit, result);
}
