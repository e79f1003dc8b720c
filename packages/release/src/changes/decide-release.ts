import type { CommitConventions } from '../configuration/nx-release-groups';
import { all, fail, ok, type Reader, type Result } from '@forge/ecosystems';
import type { Follower } from '../configuration/followers';
import type { Triggers } from '../configuration/triggers';
import { edgesBySource } from '../graph/edges';
import { groupBy } from '../graph/group-by';
import type { WorkspaceModel } from '../graph/model';
import { baselineOf, type Baseline, type BaselineContext } from './baseline';
import { baseOf } from './base-option';
import { changesSince, type Change, type ChangesContext } from './changes-since';
import type { Level } from './commit-bump';
import { levelOf, sortChanges, type ProjectChanges } from './due-project';
import { anyGlob } from './globs';
import { makeupFinder, type Makeup } from './makeup';
import { localLinks } from './owners';
import {
  releasedProjects,
  type NxProjects,
  type ReleasedProject,
  type ReleaseGroup,
} from './release-group';
import { triggerProblems } from './trigger-problems';

export interface ReleaseQuestion extends BaselineContext {
  readonly groups: readonly ReleaseGroup[];
  readonly nx: NxProjects;
  readonly model: WorkspaceModel;
  /** The workspace as it is now. */
  readonly reader: Reader;
  readonly triggers: Triggers;
  readonly followers: readonly Follower[];
  /** Globs of changes that are no reason for a release. */
  readonly ignoredChanges: readonly string[];
  readonly conventions: CommitConventions;
  /** A branch, tag or commit in the place of every project's own baseline. */
  readonly base?: string | undefined;
}

/** What is to become of one project, and why. */
export interface Decision {
  readonly project: ReleasedProject;
  readonly baseline: Baseline;
  readonly changes: ProjectChanges;
  /** True when it changed, or was never released. Other members of a fixed group follow it. */
  readonly isDue: boolean;
  /** What the commit messages ask for; `none` where they follow no convention. */
  readonly level: Level;
}

/**
 * Which projects changed since their own last release, and how much. Problems: FORGE-C010 (a shallow clone),
 * FORGE-C011 (`base` is no commit), FORGE-C012 (a trigger names what is not there).
 */
export async function decideRelease(question: ReleaseQuestion): Promise<Result<Decision[]>> {
  const problems = triggerProblems(question);
  if (problems.length > 0) return fail(...problems);
  const context = await contextOf(question);
  const starts = await startsOf(question, context);
  if (!starts.ok) return starts;
  const decisions = new Map<ReleasedProject, Decision>();
  for (const [commit, some] of groupBy(starts.value, ({ baseline }) => baseline.commit)) {
    const since = await decideSince(commit, some, question, context);
    for (const decision of since) decisions.set(decision.project, decision);
  }
  return ok(starts.value.flatMap(({ project }) => decisions.get(project) ?? []));
}

interface Start {
  readonly project: ReleasedProject;
  readonly baseline: Baseline;
  readonly makeup: Makeup;
}

async function startsOf(
  question: ReleaseQuestion,
  { edges }: ChangesContext,
): Promise<Result<Start[]>> {
  const { groups, nx, model, base, history } = question;
  const projects = releasedProjects(groups, nx, model);
  const baselines =
    base === undefined
      ? all(await Promise.all(projects.map((project) => baselineOf(project, question))))
      : await baseOf(base, projects, history);
  if (!baselines.ok) return baselines;
  const makeupOf = makeupFinder({ model, edges, nx });
  return ok(
    projects.map((project, at) => ({
      project,
      baseline: baselines.value[at] as Baseline,
      makeup: makeupOf(project.root),
    })),
  );
}

async function contextOf(question: ReleaseQuestion): Promise<ChangesContext> {
  const { model, reader, history, followers, ignoredChanges, nx } = question;
  return {
    model,
    reader,
    history,
    followers,
    edges: edgesBySource(model),
    links: localLinks(await history.links()),
    isIgnored: anyGlob(ignoredChanges),
    roots: new Set([...model.projects.keys(), ...nx.roots.values()]),
  };
}

/** The projects that were released at one commit. */
async function decideSince(
  commit: string | undefined,
  starts: readonly Start[],
  question: ReleaseQuestion,
  context: ChangesContext,
): Promise<Decision[]> {
  if (commit === undefined) return starts.map(firstRelease);
  const wanted = starts.flatMap(({ project: { group }, makeup }) => [
    ...makeup.own,
    ...makeup.linked,
    ...onRoots(group, question),
    ...ownRoots(group, question),
  ]);
  const changes = await changesSince(commit, new Set(wanted), context);
  const commits = await question.history.commits(commit);
  return starts.map(({ project, baseline, makeup }) => {
    const sorted = changesFor(project, makeup, changes, question);
    const isDue = sorted.direct.length + sorted.linked.length > 0;
    const level = levelOf(project, sorted, commits, question.conventions);
    return { project, baseline, changes: sorted, isDue, level };
  });
}

/** All of it is new, and no commit says how much: the smallest bump. */
function firstRelease({ project, baseline }: Start): Decision {
  const changes = { direct: [], linked: [], isTriggered: false, passedOver: [] };
  return { project, baseline, changes, isDue: true, level: 'patch' };
}

function changesFor(
  { group }: ReleasedProject,
  makeup: Makeup,
  changes: readonly Change[],
  question: ReleaseQuestion,
): ProjectChanges {
  const trigger = question.triggers[group.name];
  const isOwn = anyGlob(trigger?.own ?? []);
  return sortChanges(changes, { trigger, makeup, on: onRoots(group, question), isOwn });
}

/** Directories of packages whose manifests `own` matches, wherever they are. */
function ownRoots({ name }: ReleaseGroup, { triggers, model }: ReleaseQuestion): string[] {
  const { own = [] } = triggers[name] ?? {};
  if (own.length === 0) return [];
  const isOwn = anyGlob(own);
  return model.packages.filter(({ manifest }) => isOwn(manifest.file)).map(({ root }) => root);
}

function onRoots({ name }: ReleaseGroup, { triggers, nx }: ReleaseQuestion): Set<string> {
  const names = triggers[name]?.on ?? [];
  return new Set(names.flatMap((each) => nx.roots.get(each) ?? []));
}
