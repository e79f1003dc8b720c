import { compareParts, versionParts, type VersionParts } from './version-text';

export type Operator = '==' | '!=' | '>' | '>=' | '<' | '<=' | '~>';

/** `~> 1.2.0`: one comparison, with the place of its operand in the requirement. */
export interface Comparison {
  readonly operator: Operator;
  /** As written, build metadata included. */
  readonly operand: string;
  readonly start: number;
  /** Its patch is undefined where `~>` has two parts. */
  readonly bound: VersionParts;
}

/** Comparisons joined by `and`; a requirement is groups joined by `or`. */
export type Group = readonly Comparison[];

const word = /[^ ]+/g;
const spelled: Readonly<Record<string, Operator>> = {
  '': '==',
  '!': '!=',
  ...{ '==': '==', '!=': '!=', '>': '>', '>=': '>=', '<': '<', '<=': '<=', '~>': '~>' },
};

/**
 * A requirement as Elixir's `Version` reads it (1.14, ran): `and` binds tighter than `or`, only `~>` takes two
 * parts, operators may stand apart from their operands, only blanks separate. Undefined for all else.
 */
export function parseRequirement(requirement: string): readonly Group[] | undefined {
  const groups: Comparison[][] = [[]];
  let operator: string | undefined;
  let isComplete = false;
  for (const { 0: text, index } of requirement.matchAll(word)) {
    if (isComplete) {
      if (text !== 'and' && text !== 'or') return undefined;
      if (text === 'or') groups.push([]);
      isComplete = false;
      continue;
    }
    const sign = /^[!=<>~]*/.exec(text)?.[0] ?? '';
    if (sign !== '' && operator !== undefined) return undefined;
    operator = sign === '' ? operator : sign;
    if (sign === text) continue;
    const start = index + sign.length;
    const found = comparison(operator ?? '', text.slice(sign.length), start);
    if (!found) return undefined;
    groups.at(-1)?.push(found);
    operator = undefined;
    isComplete = true;
  }
  return isComplete ? groups : undefined;
}

function comparison(sign: string, operand: string, start: number): Comparison | undefined {
  const operator = spelled[sign];
  const bound = versionParts(operand);
  if (!operator || !bound || (bound.patch === undefined && operator !== '~>')) return undefined;
  return { operator, operand, start, bound };
}

/**
 * `Version.match?/3`. With `allowPre: false` prereleases are taken only where the operand is one, and `==`, `!=`
 * and upper bounds take them as ever (1.14, ran).
 */
export function holds(
  { operator, bound }: Comparison,
  version: VersionParts,
  allowPre = true,
): boolean {
  const sign = compareParts(version, bound);
  const isTaken = allowPre || version.pre.length === 0 || bound.pre.length > 0;
  switch (operator) {
    case '==':
      return sign === 0;
    case '!=':
      return sign !== 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0 && isTaken;
    case '>=':
      return sign >= 0 && isTaken;
    case '~>':
      return sign >= 0 && isTaken && compareParts(version, limitOf(bound)) < 0;
  }
}

/** `~> 1.2` ends below `2.0.0-0`, `~> 1.2.3` below `1.3.0-0`: no prerelease of the next one. */
function limitOf({ major, minor, patch }: VersionParts): VersionParts {
  return patch === undefined
    ? { major: major + 1, minor: 0, patch: 0, pre: ['0'] }
    : { major, minor: minor + 1, patch: 0, pre: ['0'] };
}

export function matches(group: Group, version: VersionParts, allowPre = true): boolean {
  return group.every((each) => holds(each, version, allowPre));
}
