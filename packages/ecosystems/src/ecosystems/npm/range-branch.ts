import semver, { type SemVer } from 'semver';
import type { RequirementPolicy } from '../../model';
import { prereleaseComparator } from './prerelease-comparator';

/** One comparator: operator, space, optional `v`, one to three parts of which the later may be wildcards, prerelease, build. */
const comparator =
  /(?<op>\^|~>?|>=|<=|>|<|=)?(?<gap>\s*)(?<v>[v=]?)(?<parts>(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){0,2})(?<pre>-?(?:[a-zA-Z-][\w.-]*|(?<=-)[\w.-]+))?(?<build>\+[\w.-]+)?/g;
const hyphenated = /^(\s*)(\S+)(\s+-\s+)(\S+)(\s*)$/;

export interface Comparator {
  readonly op: string;
  /** Operator, space and `v`, as written. */
  readonly lead: string;
  readonly parts: string;
  readonly pre: string;
}

/**
 * A branch of a range (comparators joined by spaces, or a hyphen range) that takes `version`: lower bounds that are
 * in the way (`violated`) or all of them (`always`) come up to it, an upper bound that is in the way goes behind it.
 * Operators, precision and spacing stay. Undefined when that cannot be.
 */
export function raiseBranch(
  branch: string,
  version: string,
  policy: RequirementPolicy,
): string | undefined {
  const target = semver.parse(version);
  if (!target) return undefined;
  // A range takes a prerelease only if one of its bounds is a prerelease of the same version.
  const isPrerelease = target.prerelease.length > 0;
  const hyphen = hyphenated.exec(branch);
  if (hyphen) return raiseHyphen(hyphen, target, policy === 'always');
  let isRefused = false;
  const raised = branch.replace(comparator, (text, ...rest) => {
    const next = raise(text, comparatorOf(rest), target, policy === 'always' || isPrerelease);
    isRefused ||= next === undefined;
    return next ?? text;
  });
  return isRefused ? undefined : raised;
}

function comparatorOf(match: readonly unknown[]): Comparator {
  const groups = match.at(-1) as Readonly<Record<'gap' | 'v' | 'parts', string>> & {
    readonly op?: string;
    readonly pre?: string;
  };
  const { op = '', gap, v, parts, pre = '' } = groups;
  return { op, lead: `${op}${gap}${v}`, parts, pre };
}

function raise(
  text: string,
  { op, lead, parts, pre }: Comparator,
  target: SemVer,
  all: boolean,
): string | undefined {
  const isTaken = takes(text, target);
  // `<2.0.0-0` leaves out the prereleases of its bound, too.
  if (op === '<' || op === '<=')
    return isTaken ? text : lead + above(parts, op, target) + (pre === '-0' ? pre : '');
  if (op === '>') return isTaken ? text : undefined;
  if (isTaken && !all) return text;
  if (target.prerelease.length > 0) return prereleaseComparator({ op, lead, parts, pre }, target);
  return lead + withPrecision(parts, target);
}

/** A prerelease behind the upper bound becomes the bound itself, which takes it; one before it has to be the lower one. */
function raiseHyphen(match: RegExpExecArray, target: SemVer, always: boolean): string {
  const [, before = '', first = '', dash = '', high = '', after = ''] = match;
  const isBelow = takes(`<=${high}`, target);
  const isInside = isBelow && target.prerelease.length > 0;
  const isLow = always || isInside || !takes(`>=${first}`, target);
  const low = isLow ? withPrecision(first, target) : first;
  return `${before}${low}${dash}${isBelow ? high : above(high, '<=', target)}${after}`;
}

/** Bounds alone, so prereleases count in their plain order. */
function takes(bound: string, target: SemVer): boolean {
  return semver.satisfies(target, bound, { loose: true, includePrerelease: true });
}

/** `target` with as many parts as `parts` has, wildcards kept. A prerelease needs them all. */
function withPrecision(parts: string, target: SemVer): string {
  if (target.prerelease.length > 0) return target.version;
  const numbers = [target.major, target.minor, target.patch];
  return parts
    .replace(/[-+].*$/, '')
    .split('.')
    .map((part, index) => (/[xX*]/.test(part) ? part : String(numbers[index])))
    .join('.');
}

/** An upper bound moved behind `target`: `<2` to the next major, `<1.3` to the next minor, `<=1.2.3` onto the version. */
function above(parts: string, op: '<' | '<=', target: SemVer): string {
  if (op === '<=') return withPrecision(parts, target);
  const numbers = parts.split('.').map((part) => (/\d/.test(part) ? Number(part) : 0));
  const step = numbers.findLastIndex((part) => part > 0);
  const next = [target.major, target.minor, target.patch].map((part, index) =>
    index < step ? part : index === Math.max(step, 0) ? part + 1 : 0,
  );
  return next.slice(0, numbers.length).join('.');
}
