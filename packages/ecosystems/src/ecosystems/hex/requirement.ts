import { compare, parse } from 'semver';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';

/** `~> 1.2.0`: one comparison, with the span of its operand in the requirement. */
interface Comparison {
  readonly operator: string;
  readonly operand: string;
  readonly start: number;
  /** The operand with its third part filled in. */
  readonly version: string;
  /** Number of parts as written: 2 or 3. */
  readonly parts: number;
}

/** An `and` group; the requirement is an `or` of groups. */
type Group = readonly Comparison[];

interface Replacement {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

const word = /\S+/g;
const comparison = /^(==|!=|!|>=|<=|~>|>|<)?(.*)$/;
const operand =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*))?(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-.]+)?$/;

/**
 * Requirements as Elixir's `Version` reads them (1.14): `and` binds tighter than `or`, only `~>` takes two
 * parts. A prerelease counts where it lies in the range: Hex's solver takes it when nothing stable fits
 * (hex_solver 0.2.3, `Version.prioritize/2`).
 */
export const requirements: RequirementGrammar = {
  satisfies(requirement, version) {
    const groups = parseRequirement(requirement);
    return groups.ok ? ok(groups.value.some((group) => matches(group, version))) : groups;
  },

  rewrite(requirement, version, policy) {
    const groups = parseRequirement(requirement);
    if (!groups.ok) return groups;
    const satisfied = groups.value.find((group) => matches(group, version));
    if (satisfied && policy === 'violated') return ok(requirement);
    const group = satisfied ?? groups.value.at(-1) ?? [];
    const rewritten = replace(
      requirement,
      group.flatMap((each) => moved(each, version, policy)),
    );
    const check = requirements.satisfies(rewritten, version);
    return check.ok && check.value ? ok(rewritten) : unkeepable(requirement, version);
  },

  default: (version) => `~> ${shortened(version)}`,
};

function parseRequirement(requirement: string): Result<readonly Group[]> {
  const groups: Comparison[][] = [[]];
  let expectsOperand = true;
  let operator = '';
  for (const { 0: text, index } of requirement.matchAll(word)) {
    const isJoin = text === 'and' || text === 'or';
    if (isJoin === expectsOperand) return unreadable(requirement);
    if (text === 'or') groups.push([]);
    if (isJoin) {
      expectsOperand = true;
      continue;
    }
    const [, sign = '', rest = ''] = comparison.exec(text) ?? [];
    if (sign !== '' && operator !== '') return unreadable(requirement);
    operator += sign;
    if (rest === '') continue;
    const found = comparisonOf(operator, rest, index + text.length - rest.length);
    if (!found) return unreadable(requirement);
    groups.at(-1)?.push(found);
    operator = '';
    expectsOperand = false;
  }
  return expectsOperand || operator !== '' ? unreadable(requirement) : ok(groups);
}

function comparisonOf(sign: string, text: string, start: number): Comparison | undefined {
  const found = operand.exec(text);
  if (!found) return undefined;
  const [, major, minor, patch, pre = '', build = ''] = found;
  const operator = sign === '' ? '==' : sign === '!' ? '!=' : sign;
  if (patch === undefined && operator !== '~>') return undefined;
  const version = `${major}.${minor}.${patch ?? 0}${pre}${build}`;
  return { operator, operand: text, start, version, parts: patch === undefined ? 2 : 3 };
}

function matches(group: Group, version: string): boolean {
  return group.every((each) => holds(each, version));
}

function holds({ operator, version: bound, parts }: Comparison, version: string): boolean {
  const sign = compare(version, bound);
  if (operator === '==') return sign === 0;
  if (operator === '!=') return sign !== 0;
  if (operator === '>') return sign > 0;
  if (operator === '>=') return sign >= 0;
  if (operator === '<') return sign < 0;
  if (operator === '<=') return sign <= 0;
  return sign >= 0 && compare(version, limitOf(bound, parts)) < 0;
}

/** `~> 1.2` ends below `2.0.0-0`, `~> 1.2.3` below `1.3.0-0`: no prerelease of the next one. */
function limitOf(bound: string, parts: number): string {
  const { major, minor } = partsOf(bound);
  return parts === 2 ? `${major + 1}.0.0-0` : `${major}.${minor + 1}.0-0`;
}

function moved(each: Comparison, version: string, policy: RequirementPolicy): Replacement[] {
  const text = operandFor(each, version, policy);
  return [{ start: each.start, length: each.operand.length, text }];
}

function operandFor(each: Comparison, version: string, policy: RequirementPolicy): string {
  const { operator, operand: text, parts } = each;
  const isKept = holds(each, version);
  const raises = policy === 'always' || !isKept;
  if (operator === '==') return isKept ? text : version;
  if (operator === '~>' && raises) return parts === 2 ? shortened(version) : withoutBuild(version);
  if (operator === '>=' && raises) return withoutBuild(version);
  if (operator === '<=' && !isKept) return withoutBuild(version);
  if (operator === '<' && !isKept) return widened(each, version);
  return text;
}

/** The next bound of the same kind: `< 2.0.0` becomes `< 3.0.0`, `< 1.3.0` becomes `< 1.5.0` for 1.4.2. */
function widened({ version: bound }: Comparison, version: string): string {
  const limit = partsOf(bound);
  const { major, minor, patch } = partsOf(version);
  if (limit.patch > 0) return `${major}.${minor}.${patch + 1}`;
  return limit.minor > 0 ? `${major}.${minor + 1}.0` : `${major + 1}.0.0`;
}

/** `1.2.3` as `1.2`, `1.2.3-rc.1` as `1.2-rc.1`, which Elixir reads as 1.2.0-rc.1; only exact for patch 0. */
function shortened(version: string): string {
  const { major, minor, patch, prerelease } = partsOf(version);
  if (prerelease.length === 0) return `${major}.${minor}`;
  return patch === 0 ? `${major}.${minor}-${prerelease.join('.')}` : `${major}.${minor}`;
}

function withoutBuild(version: string): string {
  return version.split('+')[0] ?? version;
}

function partsOf(version: string): {
  major: number;
  minor: number;
  patch: number;
  prerelease: readonly (string | number)[];
} {
  return parse(version) ?? { major: 0, minor: 0, patch: 0, prerelease: [] };
}

function replace(text: string, replacements: readonly Replacement[]): string {
  const backwards = [...replacements].sort((a, b) => b.start - a.start);
  return backwards.reduce(
    (done, { start, length, text: put }) => done.slice(0, start) + put + done.slice(start + length),
    text,
  );
}

function unreadable(requirement: string): Result<never> {
  const what = `\`${requirement}\` is not a requirement that Elixir reads`;
  return fail(new ForgeError('FORGE-V003', { what }));
}

function unkeepable(requirement: string, version: string): Result<never> {
  const what = `\`${requirement}\` cannot be made to take \`${version}\` and keep its meaning`;
  return fail(new ForgeError('FORGE-V004', { what }));
}
