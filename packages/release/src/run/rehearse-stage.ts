import type { Workspace } from '../effects/open-workspace';
import { packageProjects } from '../package/package-projects';
import { labelOf } from '../plan/publish-unit';
import { unitsOfProject } from '../publish/units-of-project';
import { rehearse } from '../rehearse/rehearse';
import { withUpstream } from '../rehearse/rehearsed-units';
import { plannedProjects } from './package-stage';
import { onCommit } from './committed';
import { stageDone, type Stage, type StageContext, type StageResult } from './stage';

/**
 * Publishes the very artifacts to a registry on this machine and installs them from there, before the first real
 * upload. What they need of the workspace goes with them, also where it is not released.
 */
export const rehearseStage: Stage = {
  name: 'rehearse',
  isWanted: ({ store }) => store.planned.rehearse === true,
  run: (context) => onCommit(context, (workspace) => rehearseAll(workspace, context)),
};

async function rehearseAll(workspace: Workspace, context: StageContext): Promise<StageResult> {
  const { root, world, progress, store } = context;
  const { rehearseWith } = store.planned;
  const planned = plannedProjects(workspace, context);
  const all = withUpstream(workspace.model, planned);
  const others = all.filter((project) => !planned.includes(project));
  const packed = await packageProjects(workspace, others, world);
  const found = all.map((project) => unitsOfProject(root, project, {}, false));
  const problems = [...packed, ...found].flatMap((each) => each.problems);
  if (problems.length > 0) return { ok: false, problems };
  const units = found.flatMap((each) => each.units);
  const { receipt } = await rehearse(workspace, units, {
    keep: false,
    ...(rehearseWith && { outside: rehearseWith }),
    events: {
      installed: (unit, proves) => progress.note(`installed      ${labelOf(unit)}: ${proves}`),
    },
  });
  if (!receipt.ok) return { ok: false, problems: receipt.problems };
  progress.note(`rehearsed      ${receipt.value.file}`);
  return stageDone;
}
