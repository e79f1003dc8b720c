import { groupBy } from '../graph/group-by';
import { highest, type Level } from './commit-bump';
import type { Decision } from './decide-release';

/** Something that gets one version: a fixed group as a whole, or one project of an independent group. */
export interface DueUnit {
  /** As version plans name it: the group, or the project. */
  readonly key: string;
  readonly group: string;
  /** The decisions about all of its projects. */
  readonly members: readonly Decision[];
  /** Those of them that make it due; empty when it is not. */
  readonly due: readonly Decision[];
  /** What the commits of those ask for. */
  readonly level: Level;
}

/** Decisions by what gets a version: in a fixed group all members go with those that are due, or none goes. */
export function dueUnits(decisions: readonly Decision[]): DueUnit[] {
  const keyOf = ({ project: { name, group } }: Decision): string =>
    group.isFixed ? group.name : name;
  return [...groupBy(decisions, ({ project }) => project.group)].flatMap(([group, members]) =>
    [...groupBy(members, keyOf)].map(([key, own]) => {
      const due = own.filter(({ isDue }) => isDue);
      const level = highest(due.map((each) => each.level));
      return { key, group: group.name, members: own, due, level };
    }),
  );
}
