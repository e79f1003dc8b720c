import semver, { type SemVer } from 'semver';
import type { RequirementPolicy } from '../../model';

/** One comparator: operator, space, optional `v`, one to three parts of which the later may be wildcards, prerelease, build. */
const comparator =
  /(?<op>\^|~>?|>=|<=|>|<|=)?(?<gap>\s*)(?<v>[v=]?)(?<parts>(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){0,2})(?<pre>-?(?:[a-zA-Z-][\w.-]*|(?<=-)[\w.-]+))?(?<build>\+[\w.-]+)?/g;
const hyphenated = /^(\s*)(\S+)(\s+-\s+)(\S+)(\s*)$/;

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
  const all = policy === 'always' || target.prerelease.length > 0;
  const hyphen = hyphenated.exec(branch);
  if (hyphen) return raiseHyphen(hyphen, target, all);
  let refused = false;
  const raised = branch.replace(comparator, (text, ...rest) => {
    const groups = rest.at(-1) as Comparator;
    const next = raise(text, groups, target, all);
    refused ||= next === undefined;
    return next ?? text;
  });
  return refused ? undefined : raised;
}

interface Comparator {
  readonly op?: string;
  readonly gap: string;
  readonly v: string;
  readonly parts: string;
}

function raise(
  text: string,
  comparator: Comparator,
  target: SemVer,
  all: boolean,
): string | undefined {
  const { op = '', gap, v, parts } = comparator;
  const lead = `${op}${gap}${v}`;
  const taken = takes(text, target);
  if (op === '<' || op === '<=') return taken ? text : lead + above(parts, op, target);
  if (op === '>') return taken ? text : undefined;
  return taken && !all ? text : lead + withPrecision(parts, target);
}

function raiseHyphen(match: RegExpExecArray, target: SemVer, all: boolean): string {
  const [, before = '', first = '', dash = '', high = '', after = ''] = match;
  const low = all || !takes(`>=${first}`, target) ? withPrecision(first, target) : first;
  const top = takes(`<=${high}`, target) ? high : above(high, '<=', target);
  return `${before}${low}${dash}${top}${after}`;
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
