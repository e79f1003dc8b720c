import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { ForgeError } from '@forge/ecosystems';
import { openWorkspace } from '../../effects/open-workspace';
import { disagreements } from '../../plan/agreement';
import { batchTasks, type BatchResults } from '../batch';
import { releaseGroupsOf } from '../version/release-groups';

/** Looks at the workspace once, and answers for each project with what disagrees in it. */
export default async function checkBatch(
  taskGraph: TaskGraph,
  _inputs: Record<string, object>,
  _overrides: object,
  context: ExecutorContext,
): Promise<BatchResults> {
  const { model, reader, options } = await openWorkspace(context.root);
  const { groups, problems: invalid } = releaseGroupsOf(context, model);
  const found = disagreements(model, reader, { ...options, groups });
  const tasks = batchTasks(taskGraph, context, model).map(({ id, project }) => {
    const own = [
      ...invalid,
      ...project.broken.flatMap(({ problems }) => problems),
      ...(found.get(project.root) ?? []),
    ];
    return [id, resultOf(project.name, own)] as const;
  });
  for (const [, { terminalOutput }] of tasks) process.stdout.write(`${terminalOutput}\n`);
  return Object.fromEntries(tasks);
}

function resultOf(project: string, problems: readonly ForgeError[]): BatchResults[string] {
  if (problems.length === 0) return { success: true, terminalOutput: `agrees    ${project}` };
  return {
    success: false,
    terminalOutput: problems.map((problem) => problem.render()).join('\n\n'),
  };
}
