import { ForgeError } from '@forge/ecosystems';
import type { DueUnit } from '../../changes/due-groups';
import { explainDecision, type NameAt } from '../../changes/explain';
import { covers, planFile, type PlanFile, type PlannedBumps } from './plan-file';

export interface PlanQuestion {
  readonly units: readonly DueUnit[];
  /** The bump where no commit message says one. */
  readonly bump: string;
  /** What the version plans that are there say. */
  readonly planned: readonly PlannedBumps[];
  /** Names of the projects of a fixed group: a plan for one of them is a plan for all. */
  readonly membersOf: (group: string) => readonly string[];
  readonly nameAt: NameAt;
}

/** The version plan that is still missing; undefined when there is nothing to release, or all of it is planned. */
export function missingPlan(question: PlanQuestion): PlanFile | undefined {
  const { units, nameAt } = question;
  const wanted = units.filter(({ due }) => due.length > 0);
  const open = wanted.filter((unit) => !isPlanned(unit, question));
  if (open.length === 0) return undefined;
  const bumps = new Map(open.map((unit) => [unit.key, bumpOf(unit, question)]));
  return planFile(bumps, open.flatMap((unit) => reasonsOf(unit, nameAt)).join('\n'));
}

function bumpOf({ level }: DueUnit, { bump }: PlanQuestion): string {
  return level === 'none' || bump.startsWith('pre') ? bump : level;
}

function isPlanned(unit: DueUnit, question: PlanQuestion): boolean {
  const names = [unit.key, ...(unit.key === unit.group ? question.membersOf(unit.group) : [])];
  const wanted = bumpOf(unit, question);
  return question.planned.some((plan) => names.some((name) => covers(plan.get(name), wanted)));
}

function reasonsOf({ due }: DueUnit, nameAt: NameAt): string[] {
  return due.map((each) => `- ${each.project.name}: ${explainDecision(each, nameAt)}`);
}

/** FORGE-C013 for groups that are due and that Nx takes no version plans for. */
export function planProblems(
  units: readonly DueUnit[],
  groups: readonly { readonly name: string; readonly hasVersionPlans: boolean }[],
): ForgeError[] {
  if (groups.length === 0)
    return [
      withoutPlans(
        'nx.json does not say which projects are released',
        'run `nx g @forge/release:init`, or name them in `release.projects`',
      ),
    ];
  const due = new Set(units.filter((unit) => unit.due.length > 0).map(({ group }) => group));
  return groups
    .filter(({ name, hasVersionPlans }) => due.has(name) && !hasVersionPlans)
    .map(({ name }) => withoutPlans(`the release group \`${name}\` has no version plans`));
}

function withoutPlans(what: string, fix?: string): ForgeError {
  const where = { file: 'nx.json' };
  return new ForgeError('FORGE-C013', { what, where, ...(fix === undefined ? {} : { fix }) });
}
