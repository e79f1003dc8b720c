import { backslash, blankEnd, endsKeyword, hash, hasLine, isUpper, nameEnd } from './characters';
import { maxDepth, SyntaxProblem, tooDeep, type Span, type TextForm } from './syntax';

export type TokenKind =
  | 'text'
  | 'atom'
  /** `name:` in front of a value; its text is the name. */
  | 'keyword'
  | 'number'
  | 'identifier'
  | 'alias'
  /** `do`, `end`, `and`, ...: words that no variable may have. */
  | 'word'
  | 'operator'
  | 'open'
  | 'close'
  | 'separator'
  | 'eof';

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
  /** A line break stands before it. */
  readonly line: boolean;
  /** White space stands before it. */
  readonly space: boolean;
  readonly content: Span | undefined;
  readonly form: TextForm | undefined;
}

/** A token while it is made: what stands before it is told last. */
type Draft = { -readonly [Key in keyof Token]: Token[Key] };
/** `depth` counts the interpolations that the place lies in. */
type ReadToken = (source: string, at: number, depth: number) => Draft | undefined;

const words = new Set(
  'do end fn else rescue catch after true false nil when and or not in'.split(' '),
);
const number = /0[xob][0-9a-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*(?:[eE][+-]?\d+)?)?/y;
const character = /\?(?:\\.|\S)/y;
const sigil = /~(?:[a-z]|[A-Z][A-Z0-9]*)(?="""|'''|[/|"'([{<])/y;
const quote = /"""|'''|"|'/y;
const operatorAtom = /:(?:%\{\}|<<>>|\{\}|\.\.\.|[-+*/=<>!&|^.~]{1,3})/y;
const operator =
  /\^\^\^|~~~|\.\.\.|<<<|>>>|<<~|~>>|<~>|<\|>|===|!==|&&&|\|\|\||\+\+\+|---|->|<-|::|\|>|\|\||&&|==|!=|=~|<=|>=|=>|\+\+|--|<>|\.\.|\*\*|\/\/|\\\\|~>|<~|[-+*/=!^&|@.%]|<(?!<)|>(?!>)/y;
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Gives the tokens of an Elixir source one by one, at its end `eof` for ever. Throws SyntaxProblem. */
export function tokensOf(source: string): () => Token {
  let at = 0;
  return () => {
    const token = tokenAfter(source, at, 0);
    at = token.end;
    return token;
  };
}

/** The first token from `at` on, which is the end of the one before or of what opened an interpolation. */
function tokenAfter(source: string, at: number, depth: number): Draft {
  const start = blankEnd(source, at);
  const token =
    start < source.length ? tokenAt(source, start, depth) : draft('eof', '', start, source.length);
  token.space = start > at;
  token.line = at === 0 || hasLine(source, at, start);
  return token;
}

/** End of the brace that ends an interpolation, or of the source. */
function interpolationEnd(source: string, from: number, depth: number): number {
  if (depth > maxDepth) throw tooDeep(from);
  let at = from;
  for (let braces = 0; braces >= 0;) {
    const { kind, text, end } = tokenAfter(source, at, depth);
    if (kind === 'eof') return end;
    if (kind === 'open' && text === '{') braces += 1;
    if (kind === 'close' && text === '}') braces -= 1;
    at = end;
  }
  return at;
}

/** One shape for all tokens: this runs once per token of every manifest. */
function draft(
  kind: TokenKind,
  text: string,
  start: number,
  end: number,
  content?: Span,
  form?: TextForm,
): Draft {
  return { kind, text, start, end, line: false, space: false, content, form };
}

const operatorAt = matching('operator', operator);
const angle: ReadToken = (source, at, depth) =>
  operatorAt(source, at, depth) ?? doubled(source, at);

/** What each ASCII character may begin; everything else can only begin a name. */
const beginnings: ReadToken[] = [];
begin('0123456789', matching('number', number));
begin('"\'', textAt);
begin(',;', single('separator'));
begin('([{', single('open'));
begin(')]}', single('close'));
begin('~', (source, at, depth) => textAt(source, at, depth) ?? operatorAt(source, at, depth));
begin(':', (source, at, depth) => atomAt(source, at, depth) ?? operatorAt(source, at, depth));
begin('?', matching('number', character));
begin('<>', angle);
begin('@%&!^|=+-*/.\\', operatorAt);

function begin(characters: string, read: ReadToken): void {
  for (const each of characters) beginnings[each.charCodeAt(0)] = read;
}

function tokenAt(source: string, at: number, depth: number): Draft {
  const read = beginnings[source.charCodeAt(at)] ?? nameAt;
  return read(source, at, depth) ?? unexpected(source, at);
}

function nameAt(source: string, at: number): Draft | undefined {
  const end = nameEnd(source, at);
  if (end === at) return undefined;
  const text = source.slice(at, end);
  if (source[end] === ':' && endsKeyword(source, end + 1))
    return draft('keyword', text, at, end + 1);
  if (words.has(text)) return draft('word', text, at, end);
  return draft(isUpper(source, at) ? 'alias' : 'identifier', text, at, end);
}

/** `<<` and `>>` around a binary. */
function doubled(source: string, at: number): Draft | undefined {
  const text = source.slice(at, at + 2);
  if (text === '<<') return draft('open', text, at, at + 2);
  return text === '>>' ? draft('close', text, at, at + 2) : undefined;
}

/** A string, charlist, sigil or heredoc; a quoted keyword (`"a b": 1`) too. */
function textAt(source: string, at: number, depth: number): Draft | undefined {
  const tilde = source[at] === '~' ? (match(sigil, source, at) ?? '') : '';
  if (source[at] === '~' && tilde === '') return undefined;
  const opened = at + tilde.length;
  const opener = match(quote, source, opened) ?? source.charAt(opened);
  const body = quoted(source, opened, opener, /^~[A-Z]/.test(tilde) ? undefined : depth);
  body.start = at;
  if (tilde !== '') {
    body.end = modifiersEnd(source, body.end);
    body.form = sigilForm(tilde, body.form);
  } else if (source[body.end] === ':' && endsKeyword(source, body.end + 1)) {
    body.kind = 'keyword';
    body.end += 1;
  } else if (opener.startsWith("'")) body.form = body.form === 'plain' ? 'charlist' : 'other';
  return body;
}

function sigilForm(tilde: string, form: TextForm | undefined): TextForm | undefined {
  if (/^~[sS]$/.test(tilde)) return form === 'plain' ? 'sigil' : form;
  return /^~[cC]$/.test(tilde) && form === 'plain' ? 'charlist' : 'other';
}

/** Without a `depth` there is no interpolation: a raw sigil. */
function quoted(source: string, at: number, opener: string, depth: number | undefined): Draft {
  const closer = closers[opener] ?? opener;
  const from = at + opener.length;
  let form: TextForm = opener.length === 3 ? 'heredoc' : 'plain';
  const last = closer.charCodeAt(0);
  let index = from;
  for (;;) {
    const found = source.charCodeAt(index);
    if (found === last && source.startsWith(closer, index)) break;
    if (index >= source.length)
      throw new SyntaxProblem(`the text that \`${opener}\` opens is never closed`, at);
    if (found === backslash) {
      if (form === 'plain') form = 'escaped';
      index += 2;
    } else if (found === hash && depth !== undefined && source[index + 1] === '{') {
      form = 'interpolated';
      index = interpolationEnd(source, index + 2, depth + 1);
    } else index += 1;
  }
  const content = { start: from, end: index };
  return draft('text', source.slice(from, index), at, index + closer.length, content, form);
}

function modifiersEnd(source: string, at: number): number {
  let end = at;
  while (/[a-zA-Z]/.test(source[end] ?? '')) end += 1;
  return end;
}

function atomAt(source: string, at: number, depth: number): Draft | undefined {
  const next = source.charAt(at + 1);
  if (next === ':') return undefined;
  if (next === '"' || next === "'") {
    const { text, end } = quoted(source, at + 1, next, depth);
    return draft('atom', text, at, end);
  }
  const end = nameEnd(source, at + 1);
  if (end > at + 1) return draft('atom', source.slice(at + 1, end), at, end);
  const symbol = match(operatorAtom, source, at);
  return symbol === undefined ? undefined : draft('atom', symbol.slice(1), at, at + symbol.length);
}

function single(kind: TokenKind): ReadToken {
  return (source, at) => draft(kind, source.charAt(at), at, at + 1);
}

function matching(kind: TokenKind, pattern: RegExp): ReadToken {
  return (source, at) => {
    const text = match(pattern, source, at);
    return text === undefined ? undefined : draft(kind, text, at, at + text.length);
  };
}

function unexpected(source: string, at: number): never {
  throw new SyntaxProblem(`\`${source.charAt(at)}\` is not expected here`, at);
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
