import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';
import { matchesClause, parseClause, type Clause } from './requirement-clause';
import { increment, padded, partsOf, spell, type Parts } from './version-parts';

/** A run of the requirement's text: a clause, or what stands between clauses. */
type Token = { readonly clause: Clause } | { readonly separator: string };
type Branch = readonly Token[];

/** PEP 440 specifier sets, and Poetry's requirements with `^`, `~`, `*` and `||`. */
export const requirement: RequirementGrammar = { satisfies, rewrite, default: defaultRequirement };

function satisfies(text: string, version: string): Result<boolean> {
  const branches = parse(text);
  return branches.ok ? ok(branches.value.some((branch) => takes(branch, version))) : branches;
}

function rewrite(text: string, version: string, policy: RequirementPolicy): Result<string> {
  const parsed = parse(text);
  const to = partsOf(version);
  if (!parsed.ok) return parsed;
  if (!to)
    return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` is no PEP 440 version` }));
  const branches = parsed.value;
  const satisfied = branches.findIndex((branch) => takes(branch, version));
  if (satisfied >= 0 && policy === 'violated') return ok(text);
  // The last branch is by custom the newest one.
  const chosen = satisfied >= 0 ? satisfied : branches.length - 1;
  const attempts = policy === 'always' ? (['all'] as const) : (['violated', 'all'] as const);
  for (const which of attempts) {
    const moved = moveBranch(branches[chosen] ?? [], to, which);
    if (takes(moved, version)) return ok(branches.with(chosen, moved).map(render).join(''));
  }
  const what = `\`${text}\` cannot be made to take \`${version}\` without changing its meaning`;
  return fail(new ForgeError('FORGE-V004', { what }));
}

/** `>=1.2.3,<2`; below 1.0 the minor version is the bound: `>=0.1.8,<0.2`. */
function defaultRequirement(version: string): string {
  const parts = partsOf(version);
  if (!parts) return `==${version}`;
  const position = (parts.release[0] ?? 0) > 0 ? 0 : 1;
  return `>=${parts.public},<${spell(parts.epoch, increment(parts.release, position))}`;
}

/** Branches with their separators, so that joining all tokens gives the text again. */
function parse(text: string): Result<readonly Branch[]> {
  const branches: Token[][] = [[]];
  const pieces = text.split(/(\s*\|\|?\s*|\s*,\s*|(?<=[^\s=<>~^!,|])\s+(?=[=<>~^!\d*])|^\s+|\s+$)/);
  for (const piece of pieces.filter((each) => each !== '')) {
    if (/^[\s,|]+$/.test(piece)) {
      if (piece.includes('|')) branches.push([]);
      branches.at(-1)?.push({ separator: piece });
      continue;
    }
    const clause = parseClause(piece);
    if (!clause)
      return fail(
        new ForgeError('FORGE-V003', { what: `\`${piece}\` is no version specifier (PEP 440)` }),
      );
    branches.at(-1)?.push({ clause });
  }
  return ok(branches);
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

function clausesOf(branch: Branch): Clause[] {
  return branch.flatMap((token) => ('clause' in token ? [token.clause] : []));
}

function render(branch: Branch): string {
  return branch.map((token) => ('clause' in token ? token.clause.text : token.separator)).join('');
}

/** A prerelease needs a clause that names it, so a lower bound that it does not violate may have to move too. */
function moveBranch(branch: Branch, to: Parts, which: 'violated' | 'all'): Branch {
  return branch.map((token) => {
    if (!('clause' in token)) return token;
    const { operator, gap, wildcard } = token.clause;
    const stays = which === 'violated' && matchesClause(token.clause, to.public);
    const version = stays ? undefined : moveClause(token.clause, to);
    if (version === undefined) return token;
    const text = `${operator}${gap}${version}${wildcard ? '.*' : ''}`;
    return { clause: { ...token.clause, text, version } };
  });
}

/** The version that a clause must name to take `to`; undefined where it stays. */
function moveClause(clause: Clause, to: Parts): string | undefined {
  const bound = partsOf(clause.version);
  if (!bound) return undefined;
  const precision = bound.release.length;
  const same = spell(to.epoch, padded(to.release, precision).slice(0, precision));
  switch (clause.operator) {
    case '':
    case '==':
    case '===':
      if (clause.wildcard) return same;
      return matchesClause(clause, to.public) ? undefined : to.public;
    case '>=':
    case '~=':
    case '^':
    case '~':
      return `${same}${to.isPrerelease ? to.suffix : ''}`;
    case '<=':
      return matchesClause(clause, to.public) ? undefined : to.public;
    case '<':
      return matchesClause(clause, to.public) ? undefined : nextUpperBound(bound, to);
    default:
      return undefined;
  }
}

/** `<2.0` becomes `<3.0` for 2.1: counted up at the part that the old bound counts in. */
function nextUpperBound(bound: Parts, to: Parts): string {
  const position = Math.max(
    0,
    bound.release.findLastIndex((part) => part > 0),
  );
  return spell(to.epoch, padded(increment(to.release, position), bound.release.length));
}
