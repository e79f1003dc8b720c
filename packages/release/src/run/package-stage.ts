import { isArtifactIntact } from '../effects/artifact-store';
import type { Workspace } from '../effects/open-workspace';
import type { ProjectModel } from '../graph/model';
import { packageProjects, type PackagedProject } from '../package/package-projects';
import { findStep } from '../record/release-state';
import { plannedUploads } from '../plan/planned-units';
import { onCommit } from './committed';
import { stageDone, type Stage, type StageContext, type StageResult } from './stage';

/**
 * Builds the artifacts of every planned project from the commit. What was built before an interruption is taken as
 * it is while its bytes are those that the journal names.
 */
export const packageStage: Stage = {
  name: 'package',
  run: (context) => onCommit(context, (workspace) => packAll(workspace, context)),
};

async function packAll(workspace: Workspace, context: StageContext): Promise<StageResult> {
  const { store, world, progress } = context;
  const lacking = plannedProjects(workspace, context).filter(
    (project) => !isPacked(project, context),
  );
  for (const { name } of lacking) {
    store.journal.append('step', { step: 'package', subject: name, state: 'begins' });
    progress.building(name);
  }
  const results = await packageProjects(workspace, lacking, world, (result) => {
    store.journal.append('step', describe(result));
    progress.built(result);
  });
  const problems = results.flatMap((each) => each.problems);
  return problems.length > 0 ? { ok: false, problems } : stageDone;
}

/** Projects with packages that are uploaded, in the order of the plan. */
export function plannedProjects({ model }: Workspace, { store }: StageContext): ProjectModel[] {
  const names = new Set(plannedUploads(store.planned.plan).map(({ project }) => project));
  return [...model.projects.values()].filter(({ name }) => names.has(name));
}

interface RecordedArtifact {
  readonly ecosystem: string;
  readonly filename: string;
  readonly sha256: string;
}

function isPacked({ name }: ProjectModel, { root, store }: StageContext): boolean {
  const step = findStep(store.state(), 'package', name);
  if (step?.state !== 'done') return false;
  const artifacts = step['artifacts'] as readonly RecordedArtifact[];
  return artifacts.every(({ ecosystem, filename, sha256 }) =>
    isArtifactIntact(root, name, { ecosystem, filename, sha256 }),
  );
}

function describe({ project, packed, problems }: PackagedProject): Record<string, unknown> {
  const step = { step: 'package', subject: project.name };
  if (problems.length > 0)
    return {
      ...step,
      state: 'failed',
      problems: problems.map(({ code, what }) => `${code} ${what}`),
    };
  const artifacts = packed.flatMap(({ ecosystem, name, version, artifacts: files }) =>
    files.map((file) => ({ ecosystem, package: name, version, ...file })),
  );
  return { ...step, state: 'done', artifacts };
}
