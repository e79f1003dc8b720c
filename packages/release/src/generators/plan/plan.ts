import { createProjectGraphAsync, readNxJson, type Tree } from '@nx/devkit';
import { problemsError } from '@forge/ecosystems';
import { decideRelease } from '../../changes/decide-release';
import { dueUnits } from '../../changes/due-groups';
import { explainPassedOver } from '../../changes/explain';
import { nxReleaseGroups, type NxReleaseSettings } from '../../configuration/nx-release-groups';
import { gitHistory } from '../../effects/history';
import { openWorkspace } from '../../effects/open-workspace';
import { liveVersions } from '../../version/registry-version';
import { nxProjects } from '../../changes/nx-projects';
import { plansDirectory, readPlan } from './plan-file';
import { missingPlan, planProblems } from './write-plan';

export interface PlanOptions {
  readonly from?: string;
  readonly bump?: string;
}

/**
 * Writes a version plan for everything that changed since its own last release. What version plans say already is
 * left out, so that a second run writes nothing.
 */
export default async function planGenerator(
  tree: Tree,
  { from, bump = 'patch' }: PlanOptions,
): Promise<void> {
  const workspace = await openWorkspace(tree.root);
  const { model, reader, options } = workspace;
  const graph = await createProjectGraphAsync();
  const release = (readNxJson(tree)?.release ?? {}) as NxReleaseSettings;
  const { nx, named, nameAt } = nxProjects(graph);
  const groups = nxReleaseGroups(release, named);
  const decided = await decideRelease({
    ...options,
    groups,
    nx,
    model,
    reader,
    history: gitHistory(tree.root),
    live: liveVersions(workspace, options),
    conventions: release.conventionalCommits ?? {},
    base: from,
  });
  if (!decided.ok) throw problemsError(decided.problems);
  for (const decision of decided.value) {
    const warning = explainPassedOver(decision, nameAt);
    if (warning !== undefined) console.warn(`warning: ${warning}`);
  }
  const units = dueUnits(decided.value);
  const problems = planProblems(units, groups);
  if (problems.length > 0) throw problemsError(problems);
  const planned = tree
    .children(plansDirectory)
    .map((name) => readPlan(tree.read(`${plansDirectory}/${name}`, 'utf8') ?? ''));
  const membersOf = (group: string): readonly string[] =>
    groups.find(({ name }) => name === group)?.projects ?? [];
  const plan = missingPlan({ units, bump, planned, membersOf, nameAt });
  if (plan) tree.write(plan.path, plan.text);
  const isDue = units.some(({ due }) => due.length > 0);
  console.log(
    plan ? plan.text : isDue ? 'everything that is due is planned already' : 'nothing is due',
  );
}
