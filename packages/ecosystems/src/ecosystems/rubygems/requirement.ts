import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  remembered,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';
import {
  compareVersions,
  isPrerelease,
  isVersion,
  prereleaseWord,
  release,
  spell,
} from './version-number';

type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | '~>';

/** One string of a requirement: `~> 1.2`. */
interface Clause {
  readonly text: string;
  /** Everything before the version: blanks and the operator, empty where none is written. */
  readonly lead: string;
  readonly operator: Operator;
  readonly version: string;
  readonly trail: string;
}

const clausePattern = /^(\s*(=|!=|>=|<=|~>|>|<)?\s*)([0-9A-Za-z.-]+)(\s*)$/;

/**
 * Requirements as one text. RubyGems writes several as several strings; here they are joined with a comma,
 * as its compact index does with `&`, and all must hold.
 */
export const requirement: RequirementGrammar = remembered({
  satisfies(text, version) {
    const clauses = isVersion(version) ? parseAll(text.split(',')) : notValid(version);
    return clauses.ok ? ok(holds(clauses.value, version)) : clauses;
  },
  rewrite(text, version, policy) {
    const rewritten = rewriteClauses(text.split(','), version, policy);
    return rewritten.ok ? ok(rewritten.value.join(',')) : rewritten;
  },
  default: (version) => `~> ${versionOfLength(version, 2)}`,
});

/** Rewrites each string of a requirement on its own; a string that need not change comes back as it is. */
export function rewriteClauses(
  texts: readonly string[],
  version: string,
  policy: RequirementPolicy,
): Result<string[]> {
  const clauses = isVersion(version) ? parseAll(texts) : notValid(version);
  if (!clauses.ok) return clauses;
  if (policy === 'violated' && holds(clauses.value, version)) return ok([...texts]);
  const moved = clauses.value.map((clause) => rewriteClause(clause, version, policy));
  const refused = moved.indexOf(null);
  if (refused >= 0) return refuse(texts[refused] as string, version);
  return admitPrerelease(moved as string[], version);
}

function rewriteClause(clause: Clause, version: string, policy: RequirementPolicy): string | null {
  const violated = !matches(clause, version);
  const bounds = clause.operator === '~>' || clause.operator === '>=';
  if (!violated && !(bounds && policy === 'always')) return clause.text;
  const next = nextBound(clause, version);
  return next === null ? null : `${clause.lead}${next}${clause.trail}`;
}

/** The version that takes the place of the clause's own; null where no version keeps the meaning. */
function nextBound({ operator, version: bound }: Clause, version: string): string | null {
  if (operator === '=') return version;
  if (operator === '~>' || operator === '>=') return lowerBound(operator, bound, version);
  if (operator === '<') return upperBound(bound, version);
  if (operator !== '<=') return null;
  const short = versionOfLength(version, release(bound).length);
  return compareVersions(version, short) <= 0 ? short : version;
}

/** As precise as before; `>= 0` becomes all of a prerelease, for cut down it would admit the ones of older releases. */
function lowerBound(operator: Operator, bound: string, version: string): string {
  if (operator === '>=' && isPrerelease(version)) return version;
  return versionOfLength(version, release(bound).length);
}

/** `< 2.0` speaks of the major part, `< 1.3` of the minor one: the last part that is not zero goes beyond `version`. */
function upperBound(bound: string, version: string): string {
  const numbers = release(bound);
  const spoken = Math.max(
    numbers.findLastIndex((part) => part !== 0),
    0,
  );
  const raised = numbers.map((_, at) => {
    const part = release(version)[at] ?? 0;
    return at < spoken ? part : at === spoken ? part + 1 : 0;
  });
  return spell(raised, prereleaseWord(bound));
}

/** The version cut or filled to a number of parts; the word of a prerelease stays. */
function versionOfLength(version: string, length: number): string {
  const parts = release(version);
  const numbers = Array.from({ length }, (_, at) => parts[at] ?? 0);
  return spell(numbers, prereleaseWord(version));
}

/** A prerelease is taken only when some string names one; then the first lower bound names it. */
function admitPrerelease(texts: string[], version: string): Result<string[]> {
  const clauses = texts.map((text) => clauseOf(text) as Clause);
  if (holds(clauses, version)) return ok(texts);
  const at = clauses.findIndex(({ operator }) => operator === '~>' || operator === '>=');
  const clause = clauses[at];
  if (!clause) return refuse(texts.join(','), version);
  const named = `${clause.lead}${lowerBound(clause.operator, clause.version, version)}`;
  const admitted = texts.with(at, `${named}${clause.trail}`);
  return holds(
    admitted.map((text) => clauseOf(text) as Clause),
    version,
  )
    ? ok(admitted)
    : refuse(texts.join(','), version);
}

/** `Gem::Requirement#satisfied_by?`, and the resolver's rule that prereleases are taken only where one is named. */
function holds(clauses: readonly Clause[], version: string): boolean {
  const admitted = !isPrerelease(version) || clauses.some((clause) => isPrerelease(clause.version));
  return admitted && clauses.every((clause) => matches(clause, version));
}

function matches({ operator, version: bound }: Clause, version: string): boolean {
  const order = compareVersions(version, bound);
  const operators: Record<Operator, () => boolean> = {
    '=': () => order === 0,
    '!=': () => order !== 0,
    '>': () => order > 0,
    '<': () => order < 0,
    '>=': () => order >= 0,
    '<=': () => order <= 0,
    '~>': () => order >= 0 && compareVersions(release(version).join('.'), afterSeries(bound)) < 0,
  };
  return operators[operator]();
}

/** `Gem::Version#bump`: the first version outside of the series, `2` for `1.2`, `1.3` for `1.2.5`. */
function afterSeries(bound: string): string {
  const numbers = release(bound);
  const series = numbers.length > 1 ? numbers.slice(0, -1) : numbers;
  return series.with(-1, (series.at(-1) ?? 0) + 1).join('.');
}

function notValid(version: string): Result<never> {
  return fail(new ForgeError('FORGE-V001', { what: `\`${version}\` is not a RubyGems version` }));
}

function parseAll(texts: readonly string[]): Result<Clause[]> {
  const clauses = texts.map(clauseOf);
  const broken = clauses.indexOf(null);
  if (broken < 0) return ok(clauses as Clause[]);
  const what = `\`${texts[broken]?.trim()}\` is not a RubyGems requirement`;
  return fail(new ForgeError('FORGE-V003', { what }));
}

/** One string of a requirement, taken apart; null for what is none. */
export function clauseOf(text: string): Clause | null {
  const [, lead, operator, version, trail] = clausePattern.exec(text) ?? [];
  if (lead === undefined || version === undefined || !isVersion(version)) return null;
  return { text, lead, operator: (operator ?? '=') as Operator, version, trail: trail ?? '' };
}

function refuse(text: string, version: string): Result<never> {
  const what = `\`${text.trim()}\` cannot be made to accept \`${version}\` and keep its meaning`;
  return fail(new ForgeError('FORGE-V004', { what }));
}
