/** Offsets into the requirement's text, end exclusive. */
export interface Slice {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A dependency specifier (PEP 508): `name[extra] >=1.2,<2 ; marker` or `name @ url ; marker`. */
export interface Pep508 {
  readonly name: string;
  /** End of the name with its extras. */
  readonly nameEnd: number;
  /** Without parentheses and surrounding blanks; absent when there is none. */
  readonly specifier?: Slice;
  readonly url?: Slice;
}

const head = /^\s*([A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?)(\s*\[[^\]]*\])?/i;
const reference = /^(\s*@\s*)([^\s;](?:[^\s;]|;(?!\s|$))*)\s*(?:;.*)?$/s;
const bounds = /^(\s*\(?\s*)([^();]*?)(\s*\)?\s*)(?:;.*)?$/s;

/** `undefined` for text that is no dependency specifier. */
export function parsePep508(text: string): Pep508 | undefined {
  const [matched, name, extras = ''] = head.exec(text) ?? [];
  if (matched === undefined || name === undefined) return undefined;
  const nameEnd = matched.length;
  const rest = text.slice(nameEnd);
  const [, at, url] = reference.exec(rest) ?? [];
  if (at !== undefined && url !== undefined)
    return { name, nameEnd, url: slice(url, nameEnd + at.length) };
  const [, lead = '', specifier = ''] = bounds.exec(rest) ?? [];
  if (specifier === '')
    return /^\s*(\(\s*\)\s*)?(;.*)?$/s.test(rest) ? { name, nameEnd } : undefined;
  // After a name without extras a specifier begins with an operator; PEP 508 knows no bare version.
  if (!/^[=<>~!]/.test(specifier) || (extras === '' && /^\s*@/.test(rest))) return undefined;
  return { name, nameEnd, specifier: slice(specifier, nameEnd + lead.length) };
}

function slice(text: string, start: number): Slice {
  return { text, start, end: start + text.length };
}
