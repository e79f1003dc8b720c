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

const head = /^\s*([A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?)(?:\s*\[[^\]]*\])?/i;

/** `undefined` for text that is no dependency specifier. */
export function parsePep508(text: string): Pep508 | undefined {
  const [matched, name] = head.exec(text) ?? [];
  if (matched === undefined || name === undefined) return undefined;
  const nameEnd = matched.length;
  const marker = text.indexOf(';', nameEnd);
  const rest = trim(text, nameEnd, marker < 0 ? text.length : marker);
  if (rest.text === '') return { name, nameEnd };
  if (rest.text.startsWith('@')) return reference(text, name, nameEnd, rest.start + 1);
  const specifier = withoutParentheses(text, rest);
  if (specifier?.text === '') return { name, nameEnd };
  // PEP 508 knows no bare version: a specifier begins with an operator.
  if (!specifier || !/^[=<>~!][^()]*$/.test(specifier.text)) return undefined;
  return { name, nameEnd, specifier };
}

/** pdm's form for a dependency that is developed beside: `-e file:///${PROJECT_ROOT}/../core#egg=core[x]`. */
export function parseEditable(text: string): Pep508 | undefined {
  const [, lead = '', url = '', name] = /^(-e[ \t]+)([^\s#]+)#egg=([\w.-]+)/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const start = lead.length;
  return { name, nameEnd: start, url: { text: url, start, end: start + url.length } };
}

/** A URL ends at a blank, so that a semicolon inside of it is no marker. */
function reference(text: string, name: string, nameEnd: number, from: number): Pep508 | undefined {
  const { start } = trim(text, from, text.length);
  const blank = /\s/g;
  blank.lastIndex = start;
  const end = blank.exec(text)?.index ?? text.length;
  const after = trim(text, end, text.length).text;
  if (start === end || (after !== '' && !after.startsWith(';'))) return undefined;
  return { name, nameEnd, url: { text: text.slice(start, end), start, end } };
}

/** Requirements of old metadata stand in parentheses: `core (>=1.2)`. */
function withoutParentheses(text: string, slice: Slice): Slice | undefined {
  if (!slice.text.startsWith('(')) return slice;
  return slice.text.endsWith(')') ? trim(text, slice.start + 1, slice.end - 1) : undefined;
}

function trim(text: string, start: number, end: number): Slice {
  const content = text.slice(start, end);
  const from = start + content.length - content.trimStart().length;
  const trimmed = content.trim();
  return { text: trimmed, start: from, end: from + trimmed.length };
}
