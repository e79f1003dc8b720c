import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { ForgeError } from '@forge/ecosystems';
import { ok, type Result } from '@forge/ecosystems';
import { replaceFiles } from '../../effects/files';
import { openWorkspace } from '../../effects/open-workspace';
import { createWorld } from '../../effects/world';
import type { ProjectModel } from '../../graph/model';
import { createReleasePlanner, type ReleasePlanner } from '../../plan/release-planner';
import { versionedPackages } from '../../plan/versioned-packages';
import { nextVersion } from '../../version/next-version';
import { printPlan } from '../../version/print-plan';
import { batchTasks, type BatchResults } from '../batch';

export interface VersionExecutorOptions {
  readonly specifier?: string;
  readonly preid?: string;
  readonly dryRun?: boolean;
}

/**
 * Versions all projects of the batch by one plan. Nothing is written unless every project could be
 * planned; then all files are replaced as one set.
 */
export default async function versionBatch(
  taskGraph: TaskGraph,
  inputs: Record<string, VersionExecutorOptions>,
  _overrides: object,
  context: ExecutorContext,
): Promise<BatchResults> {
  const workspace = await openWorkspace(context.root);
  const world = createWorld({ dryRun: Object.values(inputs).some(({ dryRun }) => dryRun) });
  const tasks = batchTasks(taskGraph, context, workspace.model);
  const planner = createReleasePlanner(
    workspace.model,
    workspace.reader,
    workspace.options.requirements,
  );
  const files = new Map<string, Uint8Array>();
  const problems: ForgeError[] = [];
  // The same rule, and the same default, as `nx release version`.
  const { adjustSemverBumpsForZeroMajorVersion: adjustForZeroMajor = true } =
    context.nxJsonConfiguration.release?.version ?? {};
  for (const { id, project } of tasks) {
    const changed = versionProject(planner, project, inputs[id] ?? {}, adjustForZeroMajor);
    if (changed.ok) for (const [file, bytes] of changed.value) files.set(file, bytes);
    else problems.push(...changed.problems);
  }
  const plan = planner.plan();
  if (!plan.ok) problems.push(...plan.problems);
  if (plan.ok && problems.length === 0) {
    if (!world.dryRun) replaceFiles(workspace.root, files);
    printPlan(plan.value, { dryRun: world.dryRun });
  }
  const terminalOutput = problems.map((problem) => problem.render()).join('\n\n');
  if (terminalOutput) process.stderr.write(`${terminalOutput}\n`);
  return Object.fromEntries(
    tasks.map(({ id }) => [id, { success: problems.length === 0, terminalOutput }]),
  );
}

function versionProject(
  planner: ReleasePlanner,
  project: ProjectModel,
  { specifier = 'patch', preid = '' }: VersionExecutorOptions,
  adjustForZeroMajor: boolean,
): Result<ReadonlyMap<string, Uint8Array>> {
  const [primary] = versionedPackages(project.packages);
  if (!primary) return ok(new Map());
  const current = primary.manifest.version.value;
  const canonical = current === null ? null : primary.ecosystem.versions.toCanonical(current);
  const next = nextVersion(primary, canonical?.ok ? canonical.value : current, specifier, {
    preid,
    adjustForZeroMajor,
  });
  return next.ok ? planner.setVersion(project.name, next.value) : next;
}
