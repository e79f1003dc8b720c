import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { ForgeError, Result } from '@forge/ecosystems';
import { checkReplacement, replaceFiles } from '../../effects/replace-files';
import { openWorkspace } from '../../effects/open-workspace';
import { createWorld } from '../../effects/world';
import { createReleasePlanner } from '../../plan/release-planner';
import { printRelease } from '../../version/print-release';
import { versionTasks } from '../../version/version-tasks';
import { batchTasks, joinRelease, type BatchResults } from '../batch';
import { releaseGroupsOf } from './release-groups';

export interface VersionExecutorOptions {
  readonly specifier?: string;
  readonly preid?: string;
  readonly dryRun?: boolean;
}

/**
 * Versions all projects of the batch by one plan, with the groups, schemes and followers of `nx release`. Nothing is
 * written unless every project could be planned; then all files are replaced as one set.
 */
export default async function versionBatch(
  taskGraph: TaskGraph,
  inputs: Record<string, VersionExecutorOptions>,
  _overrides: object,
  context: ExecutorContext,
): Promise<BatchResults> {
  const { root, model, reader, options } = await openWorkspace(context.root);
  const world = createWorld({ dryRun: Object.values(inputs).some(({ dryRun }) => dryRun) });
  const batch = batchTasks(taskGraph, context, model);
  const { groups, problems: invalid } = releaseGroupsOf(context, model);
  const planner = createReleasePlanner(model, reader, { ...options, groups });
  // The same rule, and the same default, as `nx release version`.
  const { adjustSemverBumpsForZeroMajorVersion: adjustForZeroMajor = true } =
    context.nxJsonConfiguration.release?.version ?? {};
  const tasks = batch
    .filter(({ project }) => project.packages.length > 0)
    .map(({ id, project }) => {
      const { specifier = 'patch', preid = '' } = inputs[id] ?? {};
      return { project: project.name, specifier, preid };
    });
  const refused = versionTasks(tasks, planner, { reader, groups, adjustForZeroMajor });
  const broken = batch.flatMap(({ project }) => project.broken.flatMap((each) => each.problems));
  const release = planner.settle();
  const lock = joinRelease(root, taskGraph, world);
  const problems = [...invalid, ...broken, ...refused, ...problemsOf(release), ...problemsOf(lock)];
  if (release.ok && problems.length === 0) {
    const changes = [...release.value.files].map(([file, after]) => {
      return { file, after, before: reader.read(file)?.bytes ?? new Uint8Array() };
    });
    const written = (world.dryRun ? checkReplacement : replaceFiles)(root, changes);
    if (!written.ok) problems.push(...written.problems);
    else await printRelease(release.value, { dryRun: world.dryRun });
  }
  const terminalOutput = problems.map((problem) => problem.render()).join('\n\n');
  if (terminalOutput) process.stderr.write(`${terminalOutput}\n`);
  return Object.fromEntries(
    batch.map(({ id }) => [id, { success: problems.length === 0, terminalOutput }]),
  );
}

function problemsOf(result: Result<unknown>): readonly ForgeError[] {
  return result.ok ? [] : result.problems;
}
