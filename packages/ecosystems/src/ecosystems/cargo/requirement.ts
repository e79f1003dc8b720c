import type { SemVer } from 'semver';
import parse from 'semver/functions/parse';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  remembered,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';
import { matchesAll, type Comparator } from './comparator';

/**
 * Cargo requirements: comparators joined by commas, a bare version meaning `^`. The grammar and its meaning
 * are those of the Rust crate `semver` 1.0 (`VersionReq`), which differs from npm's.
 */
export const requirement: RequirementGrammar = remembered({
  satisfies(text, version) {
    const comparators = parseRequirement(text);
    if (!comparators.ok) return comparators;
    const parsed = parse(version);
    if (!parsed) return fail(invalidVersion(version));
    return ok(matchesAll(comparators.value, parsed));
  },
  rewrite,
  // cargo warns about build metadata in a requirement, which has no meaning there.
  default: (version) => version.replace(/\+.*$/, ''),
});

const number = String.raw`0|[1-9]\d*|[*xX]`;
const shape = new RegExp(
  String.raw`^(\s*(=|>=|>|<=|<|~|\^)?\s*)` +
    String.raw`(${number})(?:\.(${number}))?(?:\.(${number}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?\s*$`,
);

export function parseRequirement(text: string): Result<Comparator[]> {
  let at = 0;
  const comparators: Comparator[] = [];
  for (const part of text.split(',')) {
    const comparator = parseComparator(part, at);
    if (!comparator) return fail(unparsable(text));
    comparators.push(comparator);
    at += part.length + 1;
  }
  // `VersionReq` takes `*` alone only.
  const lonely = comparators.some(({ parts }) => parts.length === 0);
  return lonely && comparators.length > 1 ? fail(unparsable(text)) : ok(comparators);
}

function parseComparator(part: string, at: number): Comparator | undefined {
  const match = shape.exec(part);
  if (!match) return undefined;
  const [, lead = '', operator, ...rest] = match;
  const [prerelease, written] = [rest[3], rest.slice(0, 3).filter((each) => each !== undefined)];
  const wildcardAt = written.findIndex((each) => !/^\d+$/.test(each));
  const parts = (wildcardAt < 0 ? written : written.slice(0, wildcardAt)).map(Number);
  if (prerelease !== undefined && parts.length < 3) return undefined;
  // The crate takes `*` without an operator only.
  if (parts.length === 0 && operator !== undefined) return undefined;
  if (!parts.every(Number.isSafeInteger)) return undefined;
  if (wildcardAt >= 0 && written.slice(wildcardAt).some((each) => /^\d+$/.test(each)))
    return undefined;
  return {
    operator: (operator as Comparator['operator'] | undefined) ?? (wildcardAt < 0 ? '^' : '*'),
    parts,
    prerelease: prerelease ?? '',
    // Only the numbers and the prerelease are ever replaced; operator, spaces and `.*` stay.
    start: at + lead.length,
    end:
      at +
      lead.length +
      (wildcardAt < 0 ? part.trimEnd().length - lead.length : parts.join('.').length),
  };
}

function rewrite(text: string, version: string, policy: RequirementPolicy): Result<string> {
  const parsed = parse(version);
  if (!parsed) return fail(invalidVersion(version));
  const comparators = parseRequirement(text);
  if (!comparators.ok) return comparators;
  if (policy === 'violated' && matchesAll(comparators.value, parsed)) return ok(text);
  const next = comparators.value.reduceRight((result, comparator) => {
    const replacement = moved(comparator, parsed, policy);
    if (replacement === undefined) return result;
    return result.slice(0, comparator.start) + replacement + result.slice(comparator.end);
  }, text);
  const check = requirement.satisfies(next, version);
  return check.ok && check.value ? ok(next) : fail(notMovable(text, version));
}

/** The new text of one comparator's version; undefined where it stays. */
function moved(
  comparator: Comparator,
  version: SemVer,
  policy: RequirementPolicy,
): string | undefined {
  const { operator, parts } = comparator;
  const isBound = operator.startsWith('<') || operator === '>';
  const holds = matchesAll([{ ...comparator, matchesPrereleases: true }], version);
  // Upper bounds and `>` move only when they must; a lower bound also when the policy wants it raised.
  if (holds && (isBound || policy === 'violated') && !needsPrerelease(comparator, version))
    return undefined;
  if (parts.length === 0 || operator === '>') return undefined;
  if (operator === '<') return upperBound(comparator, version);
  if (version.prerelease.length > 0) return operator === '*' ? undefined : version.version;
  const numbers = [version.major, version.minor, version.patch];
  return numbers.slice(0, parts.length).join('.');
}

/** A lower bound must name the prerelease, or Cargo does not match it. */
function needsPrerelease({ operator }: Comparator, version: SemVer): boolean {
  return version.prerelease.length > 0 && !operator.startsWith('<') && operator !== '>';
}

/** `<2` becomes `<3` for 2.1.0, `<1.3` becomes `<1.4` for 1.3.2: the last part that was not zero says how far it reaches. */
function upperBound({ parts, prerelease }: Comparator, version: SemVer): string {
  const reach = Math.max(
    0,
    parts.findLastIndex((part) => part !== 0),
  );
  const numbers = [version.major, version.minor, version.patch].map((part, index) =>
    index < reach ? part : index === reach ? part + 1 : 0,
  );
  const suffix = prerelease === '' ? '' : `-${prerelease}`;
  return `${numbers.slice(0, parts.length).join('.')}${suffix}`;
}

function unparsable(text: string): ForgeError {
  return new ForgeError('FORGE-V003', { what: `\`${text}\` is not a Cargo requirement` });
}

function invalidVersion(version: string): ForgeError {
  return new ForgeError('FORGE-V001', { what: `\`${version}\` is not a SemVer version` });
}

function notMovable(text: string, version: string): ForgeError {
  const what = `\`${text}\` cannot be moved to \`${version}\` and keep its form`;
  return new ForgeError('FORGE-V004', { what });
}
