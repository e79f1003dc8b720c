import { compare } from '@renovatebot/pep440';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  remembered,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';
import { matchesClause, type Clause } from './requirement-clause';
import { clausesOf, parseRequirement, render, type Branch, type Token } from './requirement-text';
import { increment, padded, partsOf, spell, type Parts } from './version-parts';

/** PEP 440 specifier sets, and Poetry's requirements with `^`, `~`, `*` and `||`. */
export const requirement: RequirementGrammar = remembered({
  satisfies,
  rewrite,
  default: defaultRequirement,
});

function satisfies(text: string, version: string): Result<boolean> {
  const branches = parseRequirement(text);
  return branches.ok ? ok(branches.value.some((branch) => takes(branch, version))) : branches;
}

function rewrite(text: string, version: string, policy: RequirementPolicy): Result<string> {
  const parsed = parseRequirement(text);
  const to = partsOf(version);
  if (!parsed.ok) return parsed;
  if (!to)
    return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` is no PEP 440 version` }));
  const branches = parsed.value;
  const satisfied = branches.findIndex((branch) => takes(branch, version));
  if (satisfied >= 0 && policy === 'violated') return ok(text);
  const chosen = satisfied >= 0 ? satisfied : branches.length - 1;
  const moved = moveBranch(branches[chosen] ?? [], to, policy);
  if (!moved) {
    const what = `\`${text}\` cannot be made to take \`${version}\` without changing its meaning`;
    return fail(new ForgeError('FORGE-V004', { what }));
  }
  // What one of several branches takes is still wanted: a new one comes after them.
  if (satisfied < 0 && branches.length > 1) return ok(text + render([moved]));
  return ok(render(branches.with(chosen, moved)));
}

/** `>=1.2.3,<2`; below 1.0 the minor version is the bound: `>=0.1.8,<0.2`. */
function defaultRequirement(version: string): string {
  const parts = partsOf(version);
  if (!parts) return `==${version}`;
  const position = (parts.release[0] ?? 0) > 0 ? 0 : 1;
  return `>=${parts.public},<${spell(parts.epoch, increment(parts.release, position))}`;
}

function takes(branch: Branch, version: string): boolean {
  const clauses = clausesOf(branch);
  const allowed = !partsOf(version)?.isPrerelease || clauses.some(namesPrerelease);
  return allowed && clauses.every((clause) => matchesClause(clause, version));
}

/** pip and uv take a prerelease only if a clause names one (or nothing else exists). */
function namesPrerelease({ operator, version }: Clause): boolean {
  return operator !== '!=' && partsOf(version)?.isPrerelease === true;
}

/** A prerelease needs a clause that names it, so a lower bound that it does not violate may have to move too. */
function moveBranch(branch: Branch, to: Parts, policy: RequirementPolicy): Branch | undefined {
  const attempts = policy === 'always' ? (['all'] as const) : (['violated', 'all'] as const);
  for (const which of attempts) {
    const moved = branch.map((token): Token => moveToken(token, to, which));
    if (takes(moved, to.normal)) return moved;
  }
  return undefined;
}

function moveToken(token: Token, to: Parts, which: 'violated' | 'all'): Token {
  if (!('clause' in token)) return token;
  const { operator, gap, wildcard } = token.clause;
  const stays = which === 'violated' && matchesClause(token.clause, to.normal);
  const version = stays ? undefined : moveClause(token.clause, to);
  if (version === undefined) return token;
  const text = `${operator}${gap}${version}${wildcard ? '.*' : ''}`;
  return { clause: { ...token.clause, text, version } };
}

/** The version that a clause must name to take `to`; undefined where it stays. */
function moveClause(clause: Clause, to: Parts): string | undefined {
  const bound = partsOf(clause.version);
  if (!bound) return undefined;
  const precision = bound.release.length;
  const same = spell(to.epoch, padded(to.release, precision).slice(0, precision));
  const isTaken = matchesClause(clause, to.normal);
  switch (clause.operator) {
    case '':
    case '=':
    case '==':
    case '===':
      if (clause.wildcard) return same;
      return isTaken ? undefined : exactly(clause, to);
    case '>=':
    case '~=':
    case '^':
    case '~': {
      const lower = `${same}${to.isPrerelease ? to.suffix : ''}`;
      return isTaken && compare(lower, bound.public) <= 0 ? undefined : lower;
    }
    case '<=':
      return isTaken ? undefined : to.public;
    case '<':
      return isTaken ? undefined : nextUpperBound(bound, to);
    default:
      return undefined;
  }
}

/** `===` compares texts, local part included; the others take any local part. */
function exactly({ operator }: Clause, to: Parts): string {
  return operator === '===' ? to.normal : to.public;
}

/**
 * `<2.0` becomes `<3.0` for 2.1: counted up at the part that the old bound counts in. Below 1.0 that is the minor
 * version, from 1.0 on the major one: `<0.2` becomes `<2.0` for 1.0.0.
 */
function nextUpperBound(bound: Parts, to: Parts): string {
  const counted = bound.release.findLastIndex((part) => part > 0);
  const leavesZero = bound.release[0] === 0 && (to.release[0] ?? 0) > 0;
  const position = leavesZero ? 0 : Math.max(0, counted);
  const release = padded(increment(to.release, position), bound.release.length);
  return spell(to.epoch, release) + (bound.isPrerelease ? bound.suffix : '');
}
