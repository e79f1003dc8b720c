import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { ForgeError } from '@forge/ecosystems';
import { withDestinations } from '../../credentials/destinations';
import { findActor } from '../../effects/actor';
import { openWorkspace, type Workspace } from '../../effects/open-workspace';
import { createWorld, type World } from '../../effects/world';
import type { ProjectModel } from '../../graph/model';
import { packageProjects } from '../../package/package-projects';
import { describeReport } from '../../preflight/describe-report';
import type { PreflightReport } from '../../preflight/report';
import { publishUnits, type PublishOptions, type PublishReport } from '../../publish/publish-units';
import { describeResult } from '../../publish/publish-result';
import { isSuccess } from '../../publish/unit-result';
import { bareUnits, unitsOfProject, type ProjectUnits } from '../../publish/units-of-project';
import { problemsError } from '@forge/ecosystems';
import { batchTasks, joinRelease, type BatchResults, type BatchTask } from '../batch';
import { publishOptions, type PublishExecutorOptions } from './publish-options';
import { publishRecord, type PublishRecord } from './publish-record';

/**
 * Publishes all projects of the batch in one process. Nx may split a run into several batches; preflight
 * covers the tasks of the whole run, which stand in the context's task graph.
 */
export default async function publishBatch(
  taskGraph: TaskGraph,
  inputs: Record<string, PublishExecutorOptions>,
  _overrides: object,
  context: ExecutorContext,
): Promise<BatchResults> {
  const workspace = await openWorkspace(context.root);
  const given = Object.values(inputs)[0] ?? {};
  const asked = publishOptions(given, workspace.options);
  if (!asked.ok) throw problemsError(asked.problems);
  const options = await withDestinations(asked.value, workspace);
  const world = createWorld({ dryRun: Object.values(inputs).some(({ dryRun }) => dryRun) });
  const tasks = batchTasks(taskGraph, context, workspace.model);
  const lock = joinRelease(context.root, taskGraph, world);
  if (!lock.ok) return refused(tasks, lock.problems);
  const prepared = await prepare(workspace, tasks, options, given, world);
  const record = publishRecord(workspace.root, world, await findActor(workspace.root));
  const report = await run(
    workspace,
    prepared,
    othersOf(context, taskGraph, workspace, options),
    options,
    world,
    record,
  );
  return resultsOf(tasks, prepared, report, record);
}

/** Units of every task; where the user's own target stands in place of `package`, artifacts are built here. */
async function prepare(
  workspace: Workspace,
  tasks: readonly BatchTask[],
  options: PublishOptions,
  { nxReleaseVersionData }: PublishExecutorOptions,
  world: World,
): Promise<readonly ProjectUnits[]> {
  const unitsOf = ({ nxName, project }: BatchTask): ProjectUnits => {
    const planned = Boolean(nxReleaseVersionData?.[nxName]?.newVersion);
    return unitsOfProject(workspace.root, project, options, planned);
  };
  const found = tasks.map(unitsOf);
  const isLacking = (task: BatchTask, at: number): boolean =>
    !hasPackageTarget(task) ||
    Boolean(found[at]?.problems.some(({ code }) => code === 'FORGE-A003'));
  const lacking = tasks.filter(isLacking).map(({ project }) => project);
  const built = new Map(
    (await packageProjects(workspace, lacking, world)).map((each) => [each.project, each.problems]),
  );
  return tasks.map((task, at) => {
    const problems = built.get(task.project);
    if (problems === undefined) return found[at] ?? unitsOf(task);
    return problems.length > 0 ? { project: task.project, units: [], problems } : unitsOf(task);
  });
}

/** Without a target of ours nobody keeps what lies there up to date, and it may be from before a change. */
function hasPackageTarget({ targets }: BatchTask): boolean {
  return Object.values(targets).some(({ executor }) => executor === '@forge/release:package');
}

/** The packages of the same run that other batches publish. */
function othersOf(
  context: ExecutorContext,
  batch: TaskGraph,
  workspace: Workspace,
  options: PublishOptions,
): ReturnType<typeof bareUnits> {
  const targets = new Set(Object.values(batch.tasks).map(({ target }) => target.target));
  const projects = new Set<ProjectModel>();
  for (const task of Object.values(context.taskGraph?.tasks ?? {})) {
    const root = context.projectsConfigurations.projects[task.target.project]?.root;
    const project = root === undefined ? undefined : workspace.model.projects.get(root || '.');
    if (project && targets.has(task.target.target) && !batch.tasks[task.id]) projects.add(project);
  }
  return [...projects].flatMap((project) => bareUnits(project, options));
}

async function run(
  workspace: Workspace,
  prepared: readonly ProjectUnits[],
  others: ReturnType<typeof bareUnits>,
  options: PublishOptions,
  world: World,
  record: PublishRecord,
): Promise<PublishReport> {
  const problems = prepared.flatMap((each) => each.problems);
  if (problems.length > 0) return { kind: 'refused', problems };
  const units = prepared.flatMap((each) => each.units);
  const beforeUploads = (report: PreflightReport): void =>
    void process.stderr.write(describeReport(report));
  const all = { ...options, beforeUploads };
  return publishUnits(workspace, units, others, all, world, (unit, result) => {
    record.tell(unit, result);
    process.stdout.write(`${describeResult(unit, result)}\n`);
  });
}

function resultsOf(
  tasks: readonly BatchTask[],
  prepared: readonly ProjectUnits[],
  report: PublishReport,
  record: PublishRecord,
): BatchResults {
  if (report.kind === 'refused') return refused(tasks, report.problems);
  return Object.fromEntries(
    tasks.map(({ id, project }, index) => {
      const results = (prepared[index]?.units ?? []).flatMap((unit) => {
        const result = report.results.get(unit);
        return result ? [{ unit, result }] : [];
      });
      record.write(project.name, prepared[index]?.units ?? []);
      const terminalOutput = results
        .map(({ unit, result }) => describeResult(unit, result))
        .join('\n');
      return [id, { success: results.every(({ result }) => isSuccess(result)), terminalOutput }];
    }),
  );
}

function refused(tasks: readonly BatchTask[], problems: readonly ForgeError[]): BatchResults {
  const unique = [...new Set(problems.map((problem) => problem.render()))];
  const terminalOutput = `Nothing was uploaded. ${unique.length} problem${unique.length === 1 ? '' : 's'}:\n\n${unique.join('\n\n')}`;
  process.stderr.write(`${terminalOutput}\n`);
  return Object.fromEntries(tasks.map(({ id }) => [id, { success: false, terminalOutput }]));
}
