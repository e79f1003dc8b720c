import { readNxJson, type ProjectGraph, type Tree } from '@nx/devkit';
import { ok, type Result } from '@forge/ecosystems';
import { answersOf, type Answer } from '../changes/answers';
import { decideRelease } from '../changes/decide-release';
import { nxProjects } from '../changes/nx-projects';
import type { ReleaseGroup } from '../changes/release-group';
import type { CommitConventions, NxReleaseSettings } from '../configuration/nx-release-groups';
import { gitHistory } from '../effects/history';
import type { CommitBumpsContext } from './commit-bumps';
import { isFixed, type NxProject } from './nx-run';

/** What is due by its commits, by Nx names of projects and of fixed groups. */
export async function answersFor(
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

function groupsOf(projects: readonly NxProject[]): ReleaseGroup[] {
  const groups = new Set(projects.map(({ group }) => group));
  return [...groups].map((group) => ({
    name: group.name,
    isFixed: isFixed(group),
    projects: group.projects,
    tagPattern: group.releaseTag.pattern ?? '',
  }));
}

function conventionsOf(tree: Tree): CommitConventions {
  const release = readNxJson(tree)?.release as NxReleaseSettings | undefined;
  return release?.conventionalCommits ?? {};
}
