/**
 * Erlang terms as far as Hex uses them. A binary is a string here; an atom, a tuple and a map keep their
 * own shapes, so that what was read can be written again.
 */
export type Term =
  | string
  | number
  | readonly Term[]
  | { readonly atom: string }
  | { readonly tuple: readonly Term[] }
  | { readonly map: readonly (readonly [Term, Term])[] };

export const yes: Term = { atom: 'true' };
export const no: Term = { atom: 'false' };
export const nil: Term = { atom: 'nil' };

export function tuple(...items: readonly Term[]): Term {
  return { tuple: items };
}

export function isTerms(term: Term | undefined): term is readonly Term[] {
  return Array.isArray(term);
}

/** The two elements of `{a, b}`. */
export function pairOf(term: Term): readonly [Term, Term] | undefined {
  if (typeof term !== 'object' || !('tuple' in term)) return undefined;
  const [first, second] = term.tuple;
  return first !== undefined && second !== undefined && term.tuple.length === 2
    ? [first, second]
    : undefined;
}

/** Values of a property list, or of a map, by their keys as text. */
export function fieldsOf(term: Term | undefined): ReadonlyMap<string, Term> {
  if (term === undefined || typeof term !== 'object') return new Map();
  const pairs = isTerms(term) ? term.map(pairOf) : 'map' in term ? term.map : [];
  return new Map(pairs.flatMap((pair) => (pair ? [[textOf(pair[0]), pair[1]] as const] : [])));
}

/** A binary or an atom as text; empty for everything else. */
export function textOf(term: Term | undefined): string {
  if (typeof term === 'string') return term;
  return typeof term === 'object' && 'atom' in term ? term.atom : '';
}
