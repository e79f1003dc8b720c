import type { ProjectGraph, Tree } from '@nx/devkit';
import { problemsError, type Reader, type Result } from '@forge/ecosystems';
import { answersOf, type Answer } from '../changes/answers';
import { decideRelease } from '../changes/decide-release';
import { nxProjects } from '../changes/nx-projects';
import type { ReleaseGroup } from '../changes/release-group';
import type { CommitConventions, NxReleaseSettings } from '../configuration/nx-release-groups';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { gitHistory } from '../effects/history';
import { groupBy } from '../graph/group-by';
import type { WorkspaceModel } from '../graph/model';
import { answerInPlace, watchForCopies } from './nx-answers';
import type { NxProject, NxReleaseGroup } from './nx-run';
import { liveVersion } from './registry-version';

/**
 * What conventional commits mean for our projects, in the place of what Nx makes of them. Nx goes by its own graph,
 * in which dev dependencies count and triggers do not exist, and without a tag by every commit since the first one.
 */
export interface CommitBumps {
  /** While Nx makes its objects, one for every project of the configuration. */
  join(project: NxProject): void;
  see(graph: ProjectGraph): void;
  /** Before Nx processes anything; from now on it asks us. The second call changes nothing. */
  takeOver(tree: Tree): Promise<void>;
  /** Why Nx was told to bump a project or its group; undefined where it did not ask. */
  reasonFor(project: NxProject): string | undefined;
  /** When all versions are decided. */
  giveBack(): void;
}

export interface CommitBumpsContext {
  readonly model: WorkspaceModel;
  readonly reader: Reader;
  readonly options: NormalizedOptions;
}

export function createCommitBumps(context: CommitBumpsContext): CommitBumps {
  const projects: NxProject[] = [];
  const isCopied = new Map<NxReleaseGroup, () => boolean>();
  const undo: (() => void)[] = [];
  const asked = new Map<string, Answer>();
  let graph: ProjectGraph = { nodes: {}, dependencies: {} };
  let taking: Promise<void> | undefined;

  async function takeOver(tree: Tree): Promise<void> {
    const own = projects.filter(({ group }) => isCopied.get(group)?.() === false);
    if (own.length === 0) return;
    const answers = await answersFor(tree);
    for (const [group, members] of groupBy(own, (each) => each.group))
      undo.push(answerInPlace(group, members, (key) => tell(key, answers)));
  }

  async function answersFor(tree: Tree): Promise<Result<ReadonlyMap<string, Answer>>> {
    const { nx, nameAt } = nxProjects(graph);
    const decided = await decideRelease({
      ...context,
      ...context.options,
      nx,
      groups: groupsOf(projects),
      history: gitHistory(tree.root),
      live: (node) => liveVersion(node, context.options),
      conventions: conventionsOf(tree),
    });
    return decided.ok ? { ok: true, value: answersOf(decided.value, nameAt) } : decided;
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
      const { group, configuration } = project;
      if (configuration.specifierSource === 'conventional-commits' && !isCopied.has(group))
        isCopied.set(group, watchForCopies(group));
    },
    see(seen) {
      graph = seen;
    },
    takeOver: (tree) => (taking ??= takeOver(tree)),
    reasonFor: ({ nxName, group }) => asked.get(isFixed(group) ? group.name : nxName)?.why,
    giveBack() {
      for (const each of undo.splice(0)) each();
    },
  };
}

function report(key: string, { bump, why, warnings }: Answer): void {
  if (bump === 'none') console.log(`${key} is not due: ${why}`);
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

function isFixed({ projectsRelationship }: NxReleaseGroup): boolean {
  return projectsRelationship === 'fixed';
}

function conventionsOf(tree: Tree): CommitConventions {
  const nxJson = JSON.parse(tree.read('nx.json', 'utf8') ?? '{}') as {
    readonly release?: NxReleaseSettings;
  };
  return nxJson.release?.conventionalCommits ?? {};
}
