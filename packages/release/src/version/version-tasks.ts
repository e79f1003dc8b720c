import type { ForgeError, Reader, Result } from '@forge/ecosystems';
import { plainOptions } from '../configuration/group-options';
import type { ReleaseGroup } from '../configuration/release-group';
import type { ReleasePlanner } from '../plan/release-planner';
import { versionedPackages } from '../plan/versioned-packages';
import { coreRecord } from './core-record';
import { createVersionDecider, type VersionDecider } from './decide-version';
import { groupProblems } from './group-problems';
import { higher } from './schemes';

/** A project that somebody wants to version without Nx's own release. */
export interface VersionTask {
  /** Name in the model. */
  readonly project: string;
  readonly specifier: string;
  readonly preid: string;
}

interface Unit {
  readonly group: ReleaseGroup | undefined;
  /** Those that get the version: the whole group when it is fixed. */
  readonly projects: readonly string[];
  readonly tasks: readonly VersionTask[];
}

/**
 * Hands versions to the planner: core groups before those that go by them, fixed groups as a whole (the highest
 * version that one of its tasks asks for), everything by the scheme of its group.
 */
export function versionTasks(
  tasks: readonly VersionTask[],
  planner: ReleasePlanner,
  {
    reader,
    groups,
    adjustForZeroMajor,
  }: {
    readonly reader: Reader;
    readonly groups: ReadonlyMap<string, ReleaseGroup>;
    readonly adjustForZeroMajor: boolean;
  },
): readonly ForgeError[] {
  const decider = createVersionDecider(planner, groups);
  const units = unitsOf(tasks, groups).sort((a, b) => rank(a, groups) - rank(b, groups));
  return units.flatMap((unit) => {
    const problems = unit.projects.flatMap((name) => problemsOf(name, unit.group));
    if (problems.length > 0) return problems;
    const version = decide(unit, planner, decider, adjustForZeroMajor);
    if (!version.ok) return version.problems;
    for (const project of unit.projects) give(project, version.value, unit);
    return [];
  });

  function problemsOf(name: string, group: ReleaseGroup | undefined): readonly ForgeError[] {
    const project = projectOf(planner, name);
    return project && group ? groupProblems(project, group, { reader, decider }) : [];
  }

  function give(name: string, version: string, { group, tasks: own }: Unit): void {
    const project = projectOf(planner, name);
    const task = own.find((each) => each.project === name);
    const record = project && group && coreRecord(project, group.options, decider);
    const cause = task
      ? { kind: 'asked' as const, text: `the given specifier \`${task.specifier}\`` }
      : { kind: 'member' as const, group: group?.name ?? '' };
    planner.setVersion(name, version, cause, record ? [record] : []);
  }
}

function unitsOf(tasks: readonly VersionTask[], groups: ReadonlyMap<string, ReleaseGroup>): Unit[] {
  const groupOf = new Map<string, ReleaseGroup>();
  for (const group of groups.values())
    for (const project of group.projects) if (!groupOf.has(project)) groupOf.set(project, group);
  const units = new Map<string, Unit & { tasks: VersionTask[] }>();
  for (const task of tasks) {
    const group = groupOf.get(task.project);
    const key = group?.isFixed ? `group ${group.name}` : `project ${task.project}`;
    const projects = group?.isFixed ? group.projects : [task.project];
    const unit = units.get(key) ?? { group, projects, tasks: [] };
    unit.tasks.push(task);
    units.set(key, unit);
  }
  return [...units.values()];
}

/** How many groups come before: what goes by a core group follows it. */
function rank({ group }: Unit, groups: ReadonlyMap<string, ReleaseGroup>): number {
  const passed = new Set<ReleaseGroup>();
  for (let at = group; at && !passed.has(at); at = groups.get(at.options.core ?? ''))
    passed.add(at);
  return passed.size;
}

function decide(
  { group, tasks, projects }: Unit,
  planner: ReleasePlanner,
  decider: VersionDecider,
  adjustForZeroMajor: boolean,
): Result<string> {
  const decided = tasks.map(({ project, specifier, preid }) =>
    decider.decide({
      project,
      ...(group ? { group } : {}),
      options: group?.options ?? plainOptions,
      current: null,
      specifier,
      preid,
      adjustForZeroMajor,
    }),
  );
  const [node] = versionedPackages(projectOf(planner, projects[0] ?? '')?.packages ?? []);
  return decided.reduce((best, each) => {
    if (!best.ok || !each.ok || !node) return best.ok ? each : best;
    return { ok: true, value: higher(node, best.value, each.value) };
  });
}

function projectOf({ model }: ReleasePlanner, name: string) {
  return [...model.projects.values()].find((each) => each.name === name);
}
