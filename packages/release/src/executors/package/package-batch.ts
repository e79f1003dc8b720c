import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { openWorkspace } from '../../effects/open-workspace';
import { createWorld } from '../../effects/world';
import { artifactsDirectory } from '../../graph/targets';
import { packageProjects, type PackagedProject } from '../../package/package-projects';
import { batchTasks, type BatchResults } from '../batch';

/** Builds the artifacts of all projects of the batch from one export of the workspace. */
export default async function packageBatch(
  taskGraph: TaskGraph,
  _inputs: Record<string, object>,
  _overrides: object,
  context: ExecutorContext,
): Promise<BatchResults> {
  const workspace = await openWorkspace(context.root);
  const tasks = batchTasks(taskGraph, context, workspace.model);
  const world = createWorld({ dryRun: false });
  const results = await packageProjects(
    workspace,
    tasks.map(({ project }) => project),
    world,
    (result) => process.stdout.write(`${describe(result)}\n`),
  );
  return Object.fromEntries(
    results.map((result, index) => [
      tasks[index]?.id,
      { success: result.problems.length === 0, terminalOutput: describe(result) },
    ]),
  );
}

function describe({ project, packed, problems }: PackagedProject): string {
  if (problems.length > 0) return problems.map((problem) => problem.render()).join('\n\n');
  const lines = packed.flatMap(({ artifacts }) =>
    artifacts.map(
      ({ filename, size, sha256 }) => `packaged  ${filename}  ${size} bytes  sha256:${sha256}`,
    ),
  );
  const partial = packed.flatMap(({ name, without = [] }) =>
    without.map((glob) => `partial   ${name} goes without ${glob}`),
  );
  return [...lines, ...partial, `          in ${artifactsDirectory(project.name)}`].join('\n');
}
