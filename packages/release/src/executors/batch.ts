import type { ExecutorContext, TargetConfiguration, TaskGraph } from '@nx/devkit';
import { ok, type Result } from '@forge/ecosystems';
import { joinNxRun } from '../effects/nx-run-lock';
import type { World } from '../effects/world';
import type { ProjectModel, WorkspaceModel } from '../graph/model';

/** What Nx wants to know of each task of a batch. */
export type BatchResults = Record<string, { success: boolean; terminalOutput: string }>;

/** A task of a batch with the project that stands at its root. */
export interface BatchTask {
  readonly id: string;
  readonly project: ProjectModel;
  /** What Nx calls the project, and every target that it has there. */
  readonly nxName: string;
  readonly targets: Readonly<Record<string, TargetConfiguration>>;
}

/**
 * The tasks of a task graph by our own model. Projects are matched by root: the name of an Nx project may
 * come from another plugin.
 */
export function batchTasks(
  taskGraph: TaskGraph,
  context: Pick<ExecutorContext, 'projectsConfigurations'>,
  model: WorkspaceModel,
): readonly BatchTask[] {
  return Object.values(taskGraph.tasks).flatMap((task) => {
    const nxName = task.target.project;
    const configuration = context.projectsConfigurations.projects[nxName];
    const project = configuration && model.projects.get(configuration.root || '.');
    return project ? [{ id: task.id, project, nxName, targets: configuration.targets ?? {} }] : [];
  });
}

/** Tasks that change what others see are a release, and no other may be under way: FORGE-L001. */
export function joinRelease(root: string, { tasks }: TaskGraph, world: World): Result<void> {
  const [target] = Object.values(tasks).map((task) => task.target.target);
  return world.dryRun ? ok(undefined) : joinNxRun(root, `nx ${target ?? ''}`, world.now);
}

/** A task graph of one task, so that a task on its own takes the same way as a batch. */
export function singleTask(context: ExecutorContext): { taskGraph: TaskGraph; id: string } {
  const { projectName = '', targetName = '' } = context;
  const id = `${projectName}:${targetName}`;
  const target = { project: projectName, target: targetName };
  const task = { id, target, overrides: {}, outputs: [], parallelism: true, cache: false };
  return {
    id,
    taskGraph: {
      roots: [id],
      tasks: { [id]: task },
      dependencies: { [id]: [] },
      continuousDependencies: { [id]: [] },
    },
  };
}
