import { ForgeError } from '../../errors';
import { fail, ok, type Result } from '../../model';
import { parseClause, type Clause } from './requirement-clause';

/** A run of the requirement's text: a clause, or what stands between clauses. */
export type Token = { readonly clause: Clause } | { readonly separator: string };

/** Clauses that hold together. */
export type Branch = readonly Token[];

const separator = /[\s,|]+/y;
const clause = /[=<>~^!]*[ \t]*[^\s,|]+/y;

/**
 * The branches of a requirement with their separators, so that joining all tokens gives the text again.
 * PEP 440 joins clauses by commas; Poetry 2.5 also by blanks, and branches by `|` or `||`. FORGE-V003.
 */
export function parseRequirement(text: string): Result<readonly Branch[]> {
  const branches: Token[][] = [[]];
  for (let at = 0; at < text.length;) {
    const gap = matchAt(separator, text, at);
    at += gap.length;
    const mark = gap.replace(/\s+/g, '');
    if (mark.startsWith('|')) branches.push([]);
    if (gap !== '') branches.at(-1)?.push({ separator: gap });
    const piece = matchAt(clause, text, at);
    at += piece.length;
    const parsed = piece === '' ? undefined : parseClause(piece);
    if (!['', ',', '|', '||'].includes(mark) || (piece !== '' && !parsed))
      return fail(unreadable(piece || gap));
    if (parsed) branches.at(-1)?.push({ clause: parsed });
    else if (at < text.length) return fail(unreadable(text.slice(at)));
  }
  const isOpen = branches.length > 1 && branches.some((branch) => clausesOf(branch).length === 0);
  return isOpen ? fail(unreadable(text)) : ok(branches);
}

export function clausesOf(branch: Branch): Clause[] {
  return branch.flatMap((token) => ('clause' in token ? [token.clause] : []));
}

export function render(branches: readonly Branch[]): string {
  return branches
    .flat()
    .map((token) => ('clause' in token ? token.clause.text : token.separator))
    .join('');
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function unreadable(text: string): ForgeError {
  return new ForgeError('FORGE-V003', { what: `\`${text}\` is no version specifier (PEP 440)` });
}
