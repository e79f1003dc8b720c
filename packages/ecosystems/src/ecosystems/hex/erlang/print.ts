import { isTerms, type Term } from './term';

const printable = /^[\x20-\x7e]*$/;

/** The text form that `file:consult/1` reads: one term, without the final dot. */
export function printTerm(term: Term): string {
  if (typeof term === 'string') return printBinary(term);
  if (typeof term === 'number') return String(term);
  if (isTerms(term)) return `[${term.map(printTerm).join(',')}]`;
  if ('atom' in term) return printAtom(term.atom);
  if ('tuple' in term) return `{${term.tuple.map(printTerm).join(',')}}`;
  const entries = term.map.map(([key, value]) => `${printTerm(key)} => ${printTerm(value)}`);
  return `#{${entries.join(',')}}`;
}

/** `/utf8` where a character needs it: without it Erlang takes code points above 255 for an error. */
function printBinary(text: string): string {
  const escaped = text
    .replace(/["\\]/g, (each) => `\\${each}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return printable.test(escaped) ? `<<"${escaped}">>` : `<<"${escaped}"/utf8>>`;
}

function printAtom(name: string): string {
  return /^[a-z][A-Za-z0-9_@]*$/.test(name)
    ? name
    : `'${name.replace(/['\\]/g, (each) => `\\${each}`)}'`;
}
