import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { ForgeError } from '@forge/ecosystems';
import { nxReleaseGroups, type NxReleaseSettings } from '../../configuration/nx-release-groups';
import { plainOptions } from '../../configuration/group-options';
import type { ReleaseGroup } from '../../configuration/release-group';
import { openWorkspace } from '../../effects/open-workspace';
import type { WorkspaceModel } from '../../graph/model';
import { disagreements } from '../../plan/agreement';
import { batchTasks, type BatchResults } from '../batch';

/** Looks at the workspace once, and answers for each project with what disagrees in it. */
export default async function checkBatch(
  taskGraph: TaskGraph,
  _inputs: Record<string, object>,
  _overrides: object,
  context: ExecutorContext,
): Promise<BatchResults> {
  const { model, reader, options } = await openWorkspace(context.root);
  const found = disagreements(model, reader, { ...options, groups: groupsOf(context, model) });
  const tasks = batchTasks(taskGraph, context, model).map(({ id, project }) => {
    const own = [
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

/** The release groups of nx.json, with projects as our model names them: another plugin may have named them anew. */
function groupsOf(
  { nxJsonConfiguration, projectsConfigurations }: ExecutorContext,
  model: WorkspaceModel,
): ReadonlyMap<string, ReleaseGroup> {
  const projects = Object.entries(projectsConfigurations.projects).map(
    ([name, { root, tags }]) => ({
      name,
      root,
      tags: tags ?? [],
    }),
  );
  const names = new Map(
    projects.map(({ name, root }) => [name, model.projects.get(root || '.')?.name ?? name]),
  );
  const release = (nxJsonConfiguration.release ?? {}) as NxReleaseSettings;
  return new Map(
    nxReleaseGroups(release, projects).map(({ name, isFixed, projects: members }) => [
      name,
      {
        name,
        isFixed,
        projects: members.map((each) => names.get(each) ?? each),
        options: plainOptions,
      },
    ]),
  );
}
