import type { ProjectGraph, Tree } from '@nx/devkit';
import prerelease from 'semver/functions/prerelease';
import { problemsError, type Reader, type Result } from '@forge/ecosystems';
import type { Answer } from '../changes/answers';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { groupBy } from '../graph/group-by';
import type { WorkspaceModel } from '../graph/model';
import type { Cause } from '../plan/causes';
import { answerInPlace, watchForCopies } from './nx-answers';
import { isFixed, type NxProject, type NxReleaseGroup } from './nx-run';
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
    const answers = await loadAnswers().answersFor(projects, graph, context);
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

/** As Nx does with commits: a prerelease goes on as one, and an identifier makes one. */
function asPrerelease(bump: string, { currentVersion, preid }: CurrentVersion): string {
  if (currentVersion !== null && prerelease(currentVersion)) return 'prerelease';
  return preid ? `pre${bump}` : bump;
}

function report(key: string, { bump, why, warnings }: Answer): void {
  if (bump === 'none' && warnings.length === 0) console.log(`${key} is not due: ${why}`);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
}

/** History is looked at by runs that go by commits; many name their bump. */
const loadAnswers = () => require('./commit-answers') as typeof import('./commit-answers');

function goesByCommits({ configuration }: NxProject): boolean {
  return configuration.specifierSource === 'conventional-commits';
}
