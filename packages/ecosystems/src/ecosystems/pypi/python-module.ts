/** A text in a file, by offsets into `source.text`. */
export interface FoundText {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What a module says of one of its names. */
export type Binding =
  | { readonly kind: 'literal'; readonly text: FoundText }
  /** `from .version import NAME`. */
  | { readonly kind: 'import'; readonly module: string; readonly name: string }
  | { readonly kind: 'computed' };

const target = /([A-Za-z_]\w*)[ \t]{0,40}(?::[^=\r\n]{1,80})?=(?!=)[ \t]{0,40}/y;
const literal = /[uU]?(?:"([^"\\\r\n]*)"|'([^'\\\r\n]*)')(?=[ \t]{0,200}(?:[#;\r\n]|$))/y;
const importing = /from[ \t]{1,40}(\.*[\w.]*)[ \t]{1,40}import[ \t]{1,40}\(?([\w, \t]{1,400})/y;

/**
 * How a module binds a name at its top level; undefined where it does not. Strings, comments and brackets are
 * skipped, so that a docstring which quotes such a line is not taken for it. Of several assignments the first
 * counts: hatchling 1.33, pdm-backend, flit_core 4.2 and setuptools 65 all take that one.
 */
export function bindingOf(text: string, name: string): Binding | undefined {
  for (const at of statements(text)) {
    const binding = assignment(text, at, name) ?? importOf(text, at, name);
    if (binding) return binding;
  }
  return undefined;
}

/** `__version__ = VERSION = "1.2.0"` assigns to both. */
function assignment(text: string, start: number, name: string): Binding | undefined {
  let at = start;
  let isBound = false;
  for (let match = matchAt(target, text, at); match; match = matchAt(target, text, at)) {
    at += match[0].length;
    isBound ||= match[1] === name;
  }
  if (!isBound) return undefined;
  const match = matchAt(literal, text, at);
  const value = match?.[1] ?? match?.[2];
  if (!match || value === undefined) return { kind: 'computed' };
  const end = at + match[0].length - 1;
  return { kind: 'literal', text: { value, start: end - value.length, end } };
}

function importOf(text: string, start: number, name: string): Binding | undefined {
  const [, module = '', names] = matchAt(importing, text, start) ?? [];
  for (const each of names?.split(',') ?? []) {
    const [imported, as, alias] = each.trim().split(/[ \t]+/);
    if (imported && (as === 'as' ? alias : imported) === name)
      return { kind: 'import', module, name: imported };
  }
  return undefined;
}

/** Offsets at which top-level statements begin: in column 0, outside of strings and brackets. */
function* statements(text: string): Generator<number> {
  const token = /"""|'''|["'#\n()[\]{}]|\\\r?\n/g;
  let depth = 0;
  yield 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [mark] = match;
    const after = token.lastIndex;
    if (mark === '\n' && depth === 0) yield after;
    else if (mark === '#') token.lastIndex = endOfLine(text, after);
    else if (/^["']/.test(mark)) token.lastIndex = endOfString(text, after, mark);
    else if (/^[([{]/.test(mark)) depth += 1;
    else if (/^[)\]}]/.test(mark)) depth = Math.max(0, depth - 1);
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Behind the closing quotes; of a string that is not closed, where its line ends or the text. */
function endOfString(text: string, from: number, quotes: string): number {
  const stop = quotes.length === 1 ? new RegExp(`[${quotes}\\\\\\n]`, 'g') : /["'\\]/g;
  stop.lastIndex = from;
  for (let match = stop.exec(text); match; match = stop.exec(text)) {
    if (match[0] === '\\') stop.lastIndex += 1;
    else if (match[0] === '\n') return match.index;
    else if (text.startsWith(quotes, match.index)) return match.index + quotes.length;
  }
  return text.length;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
