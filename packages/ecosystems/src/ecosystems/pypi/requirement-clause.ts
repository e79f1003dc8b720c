import { compare } from '@renovatebot/pep440';
import { increment, padded, partsOf, spell, type Parts } from './version-parts';

/**
 * One condition on a version: a PEP 440 clause, or one of Poetry's (`^1.2`, `~1.2`, `1.2`, `*`).
 * `text` is what was written, without surrounding blanks.
 */
export interface Clause {
  readonly text: string;
  readonly operator: Operator;
  /** The blanks between operator and version. */
  readonly gap: string;
  readonly version: string;
  /** True for `1.2.*`. */
  readonly wildcard: boolean;
}

export type Operator =
  '===' | '~=' | '==' | '=' | '!=' | '<=' | '>=' | '<' | '>' | '^' | '~' | '' | '*';

const clausePattern = /^(===|~=|==|=|!=|<=|>=|<|>|\^|~|)([ \t]*)(.+)$/s;
const exact: readonly string[] = ['==', '=', '!=', ''];

/** `undefined` for text that is no clause. */
export function parseClause(text: string): Clause | undefined {
  if (text === '*') return { text, operator: '*', gap: '', version: '', wildcard: false };
  const [, operator, gap = '', written = ''] = clausePattern.exec(text) ?? [];
  const wildcard = written.endsWith('.*');
  const version = wildcard ? written.slice(0, -2) : written;
  const parts = partsOf(version);
  if (operator === undefined || !parts) return undefined;
  if (wildcard && !(exact.includes(operator) && parts.normal === parts.base)) return undefined;
  if (operator === '~=' && parts.release.length < 2) return undefined;
  return { text, operator: operator as Operator, gap, version, wildcard };
}

export function matchesClause(clause: Clause, version: string): boolean {
  const parts = partsOf(version);
  const bound = partsOf(clause.version);
  if (clause.operator === '*') return true;
  if (!parts || !bound) return false;
  const order = compare(parts.public, bound.public);
  switch (clause.operator) {
    case '===':
      return version === clause.version;
    case '':
    case '=':
    case '==':
      return clause.wildcard ? startsWith(parts, bound) : equals(version, clause.version);
    case '!=':
      return clause.wildcard ? !startsWith(parts, bound) : !equals(version, clause.version);
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    case '<':
      // `<2` does not take prereleases of 2 itself.
      return order < 0 && !(parts.isPrerelease && !bound.isPrerelease && sameBase(parts, bound));
    case '>':
      return order > 0 && !(parts.isPost && !bound.isPost && sameBase(parts, bound));
    default:
      return order >= 0 && compare(parts.base, upperBound(clause.operator, bound)) < 0;
  }
}

/** The first release that `~=`, `^` or `~` no longer takes. */
function upperBound(operator: '~=' | '^' | '~', { epoch, release }: Parts): string {
  const nonZero = release.findIndex((part) => part > 0);
  const last = release.length - 1;
  const position = {
    '~=': last - 1,
    '^': nonZero < 0 ? last : nonZero,
    '~': Math.min(1, last),
  }[operator];
  return spell(epoch, increment(release, position));
}

/** A clause without a local part takes any local part. */
function equals(version: string, bound: string): boolean {
  const publicPart = bound.includes('+') ? version : (partsOf(version)?.public ?? version);
  return compare(publicPart, bound) === 0;
}

function startsWith(version: Parts, prefix: Parts): boolean {
  const release = padded(version.release, prefix.release.length);
  return (
    version.epoch === prefix.epoch && prefix.release.every((part, index) => release[index] === part)
  );
}

function sameBase(a: Parts, b: Parts): boolean {
  return compare(a.base, b.base) === 0;
}
