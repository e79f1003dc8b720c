export interface FoundLiteral {
  readonly value: string;
  /** Offsets of the text between the quotes. */
  readonly start: number;
  readonly end: number;
}

/**
 * The string literal that a module assigns to a variable at the start of a line: `__version__ = "1.2.0"`,
 * also annotated. Strings and comments are skipped, so that a docstring which quotes such a line is not
 * taken for it. The last assignment counts, as it does for Python.
 */
export function findAssignment(text: string, variable: string): FoundLiteral | undefined {
  const name = variable.replace(/[^\w]/g, '\\$&');
  const scan = new RegExp(
    [
      String.raw`^(?<lead>${name}(?:[ \t]*:[ \t]*[\w.[\], ]+?)?[ \t]*=[ \t]*(?<quote>["']))(?<value>[^"'\\\r\n]+)\k<quote>(?!\k<quote>)(?=[ \t]*(?:#|;|\r|\n|$))`,
      String.raw`(?<triple>"""|''')(?:\\[^]|(?!\k<triple>)[^])*\k<triple>`,
      String.raw`"(?:\\.|[^"\\\r\n])*"`,
      String.raw`'(?:\\.|[^'\\\r\n])*'`,
      String.raw`#[^\r\n]*`,
    ].join('|'),
    'gm',
  );
  let found: FoundLiteral | undefined;
  for (const match of text.matchAll(scan)) {
    const { lead, value } = match.groups ?? {};
    if (lead === undefined || value === undefined) continue;
    const start = match.index + lead.length;
    found = { value, start, end: start + value.length };
  }
  return found;
}

/** The first run that is not blank of a file such as `VERSION`. */
export function findFirstWord(text: string): FoundLiteral | undefined {
  const match = /\S+/.exec(text);
  if (!match) return undefined;
  return { value: match[0], start: match.index, end: match.index + match[0].length };
}
