import type { Level } from './commit-bump';
import type { Decision } from './decide-release';
import { dueUnits, type DueUnit } from './due-groups';
import { explainDecision, explainPassedOver, type NameAt } from './explain';

/** What conventional commits mean for a fixed group, or for a project of an independent one. */
export interface Answer {
  readonly bump: Level;
  /** For people, in one line. */
  readonly why: string;
  readonly warnings: readonly string[];
}

/** By the name of the fixed group, or of the project. */
export function answersOf(
  decisions: readonly Decision[],
  nameAt: NameAt,
): ReadonlyMap<string, Answer> {
  const answers = dueUnits(decisions).map((unit) => [unit.key, answerOf(unit, nameAt)] as const);
  return new Map(answers);
}

function answerOf({ key, members, due, level }: DueUnit, nameAt: NameAt): Answer {
  const warnings = members.flatMap((each) => explainPassedOver(each, nameAt) ?? []);
  return { bump: level, why: whyOf(key, { members, due, level }, nameAt), warnings };
}

function whyOf(
  key: string,
  { members, due, level }: Pick<DueUnit, 'members' | 'due' | 'level'>,
  nameAt: NameAt,
): string {
  const decisive = due.find((each) => each.level === level) ?? due[0];
  const reason = decisive && explainDecision(decisive, nameAt);
  const name = decisive && decisive.project.name !== key ? `${decisive.project.name}: ` : '';
  if (level !== 'none') return `commits say \`${level}\`: ${name}${reason}`;
  if (reason !== undefined) return `no commit asks for a release, though ${name}${reason}`;
  const labels = new Set(members.map(({ baseline }) => baseline.label));
  return `nothing changed since ${labels.size > 1 ? 'the last release' : [...labels].join()}`;
}
