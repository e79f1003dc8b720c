import { readNxJson, type ProjectGraph, type Tree } from '@nx/devkit';
import semver from 'semver';
import { ok, problemsError, type Reader, type Result } from '@forge/ecosystems';
import { answersOf, type Answer } from '../changes/answers';
import { decideRelease } from '../changes/decide-release';
import { nxProjects } from '../changes/nx-projects';
import type { ReleaseGroup } from '../changes/release-group';
import type { CommitConventions, NxReleaseSettings } from '../configuration/nx-release-groups';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { gitHistory } from '../effects/history';
import { groupBy } from '../graph/group-by';
import type { WorkspaceModel } from '../graph/model';
import type { Cause } from '../plan/causes';
import { answerInPlace, watchForCopies } from './nx-answers';
import type { NxProject, NxReleaseGroup } from './nx-run';
import { settleRivals } from './rival-plans';
import type { LiveVersion } from './registry-version';

/**
 * What conventional commits mean for our projects, in the place of what Nx makes of them. Nx goes by its own graph,
 * in which dev dependencies count and triggers do not exist, and without a tag by every commit since the first one.
 */
export interface CommitBumps {
  /** While Nx makes its objects, one for every project of the configuration. */
  join(project: NxProject): void;
  see(graph: ProjectGraph): void;
  /** Before Nx processes anything; from now on it asks us. The second call changes nothing. */
  takeOver(): Promise<void>;
  /** What a bump means that Nx had from us, and why it is made; undefined for one that it had from elsewhere. */
  explain(project: NxProject, asked: AskedBump, current: CurrentVersion): ExplainedBump | undefined;
  /** When all versions are decided. */
  giveBack(): void;
}

/** A bump as Nx hands it on. */
export interface AskedBump {
  readonly input: string;
  /** Nx's own name of where it comes from. */
  readonly reason: string;
}

export interface CurrentVersion {
  readonly currentVersion: string | null;
  readonly preid: string;
}

export interface ExplainedBump {
  readonly input: string;
  readonly cause: Cause;
}

export interface CommitBumpsContext {
  readonly model: WorkspaceModel;
  readonly reader: Reader;
  readonly options: NormalizedOptions;
  readonly tree: Tree;
  readonly live: LiveVersion;
}

export function createCommitBumps(context: CommitBumpsContext): CommitBumps {
  const projects: NxProject[] = [];
  const isCopied = new Map<NxReleaseGroup, () => boolean>();
  const undo: (() => void)[] = [];
  const asked = new Map<string, Answer>();
  let graph: ProjectGraph = { nodes: {}, dependencies: {} };
  let taking: Promise<void> | undefined;

  async function takeOver(): Promise<void> {
    undo.push(...settleRivals(projects, context.model));
    const own = projects.filter(
      (each) => goesByCommits(each) && isCopied.get(each.group)?.() === false,
    );
    if (own.length === 0) return;
    const answers = await answersFor(projects, graph, context);
    for (const [group, members] of groupBy(own, (each) => each.group))
      undo.push(answerInPlace(group, members, (key) => tell(key, answers)));
  }

  function tell(key: string, answers: Result<ReadonlyMap<string, Answer>>): string {
    if (!answers.ok) throw problemsError(answers.problems);
    const answer = answers.value.get(key);
    if (answer && !asked.has(key)) report(key, answer);
    if (answer) asked.set(key, answer);
    return answer?.bump ?? 'none';
  }

  return {
    join(project) {
      projects.push(project);
      const { group } = project;
      if (goesByCommits(project) && !isCopied.has(group))
        isCopied.set(group, watchForCopies(group));
    },
    see(seen) {
      graph = seen;
    },
    takeOver: () => (taking ??= takeOver()),
    explain({ nxName, group }, { input, reason }, current) {
      const answer = asked.get(isFixed(group) ? group.name : nxName);
      if (!answer || reason !== 'VERSION_PLANS') return undefined;
      return { input: asPrerelease(input, current), cause: { kind: 'asked', text: answer.why } };
    },
    giveBack() {
      for (const each of undo.splice(0)) each();
    },
  };
}

async function answersFor(
  projects: readonly NxProject[],
  graph: ProjectGraph,
  { options, tree, ...workspace }: CommitBumpsContext,
): Promise<Result<ReadonlyMap<string, Answer>>> {
  const { nx, nameAt } = nxProjects(graph);
  const decided = await decideRelease({
    ...workspace,
    ...options,
    nx,
    groups: groupsOf(projects),
    history: gitHistory(tree.root),
    conventions: conventionsOf(tree),
  });
  return decided.ok ? ok(answersOf(decided.value, nameAt)) : decided;
}

/** As Nx does with commits: a prerelease goes on as one, and an identifier makes one. */
function asPrerelease(bump: string, { currentVersion, preid }: CurrentVersion): string {
  if (currentVersion !== null && semver.prerelease(currentVersion)) return 'prerelease';
  return preid ? `pre${bump}` : bump;
}

function report(key: string, { bump, why, warnings }: Answer): void {
  if (bump === 'none' && warnings.length === 0) console.log(`${key} is not due: ${why}`);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
}

function groupsOf(projects: readonly NxProject[]): ReleaseGroup[] {
  const groups = new Set(projects.map(({ group }) => group));
  return [...groups].map((group) => ({
    name: group.name,
    isFixed: isFixed(group),
    projects: group.projects,
    tagPattern: group.releaseTag.pattern ?? '',
  }));
}

function goesByCommits({ configuration }: NxProject): boolean {
  return configuration.specifierSource === 'conventional-commits';
}

function isFixed({ projectsRelationship }: NxReleaseGroup): boolean {
  return projectsRelationship === 'fixed';
}

function conventionsOf(tree: Tree): CommitConventions {
  const release = readNxJson(tree)?.release as NxReleaseSettings | undefined;
  return release?.conventionalCommits ?? {};
}
