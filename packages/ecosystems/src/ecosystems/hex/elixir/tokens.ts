import { SyntaxProblem, type Span, type TextForm } from './syntax';

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

/** What stands at one place; white space before it not yet looked at. */
interface Lexeme {
  readonly kind: TokenKind;
  readonly text: string;
  readonly end: number;
  readonly content: Span | undefined;
  readonly form: TextForm | undefined;
}

export interface Token extends Span, Lexeme {
  /** A line break stands before it. */
  readonly line: boolean;
  /** White space stands before it. */
  readonly space: boolean;
}

const words = new Set(
  'do end fn else rescue catch after true false nil when and or not in'.split(' '),
);
const blank = /(?:[ \t\r\n\f]+|#[^\n]*|\\\r?\n)+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*(?:[?!](?!=))?(?![\u0080-\uffffA-Za-z0-9_])/y;
const unicodeName = /[\p{L}_][\p{L}\p{N}_]*(?:[?!](?!=))?/uy;
const keywordEnd = /:(?=[\s,)\]}])/y;
const number = /0[xob][0-9a-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*(?:[eE][+-]?\d+)?)?/y;
const character = /\?(?:\\.|\S)/y;
const sigil = /~(?:[a-z]|[A-Z][A-Z0-9]*)(?="""|'''|[/|"'([{<])/y;
const quote = /"""|'''|"|'/y;
const namedAtom = /:[\p{L}_][\p{L}\p{N}_@]*[?!]?/uy;
const operatorAtom = /:(?:%\{\}|<<>>|\{\}|\.\.\.|[-+*/=<>!&|^.~]{1,3})/y;
const operator =
  /\^\^\^|~~~|\.\.\.|<<<|>>>|<<~|~>>|<~>|<\|>|===|!==|&&&|\|\|\||\+\+\+|---|->|<-|::|\|>|\|\||&&|==|!=|=~|<=|>=|=>|\+\+|--|<>|\.\.|\*\*|\/\/|\\\\|~>|<~|[-+*/=!^&|@.%]|<(?!<)|>(?!>)/y;
const bracket = /<<|>>|[([{}\])]/y;
const separator = /[,;]/y;
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Tokens of an Elixir source; the last one is `eof`. Throws SyntaxProblem. */
export function tokenize(source: string): Token[] {
  return scan(source, 0, false).tokens;
}

/** Scans to the end, or to the brace that ends an interpolation. */
function scan(
  source: string,
  from: number,
  inInterpolation: boolean,
): { tokens: Token[]; end: number } {
  const tokens: Token[] = [];
  let at = from;
  let braces = 0;
  for (;;) {
    const start = blankEnd(source, at);
    const space = start > at;
    const line = tokens.length === 0 || (space && source.slice(at, start).includes('\n'));
    if (start >= source.length) {
      tokens.push(token(lexeme('eof', '', start), start, line, space));
      return { tokens, end: start };
    }
    const found = lexemeAt(source, start);
    if (found.kind === 'open' && found.text === '{') braces += 1;
    if (found.kind === 'close' && found.text === '}') braces -= 1;
    if (inInterpolation && braces < 0) return { tokens, end: found.end };
    tokens.push(token(found, start, line, space));
    at = found.end;
  }
}

/** One shape for all tokens and no spreading: this runs once per token of every manifest. */
function token(
  { kind, text, end, content, form }: Lexeme,
  start: number,
  line: boolean,
  space: boolean,
): Token {
  return { kind, text, start, end, line, space, content, form };
}

function lexeme(
  kind: TokenKind,
  text: string,
  end: number,
  content?: Span,
  form?: TextForm,
): Lexeme {
  return { kind, text, end, content, form };
}

function blankEnd(source: string, at: number): number {
  // Most tokens follow each other or one space; the pattern is for the rest.
  const code = source.charCodeAt(at);
  if (code > 0x20 && code !== 0x23 && code !== 0x5c) return at;
  blank.lastIndex = at;
  return blank.test(source) ? blank.lastIndex : at;
}

/** What may begin with each ASCII character; everything else can only be a name. */
const beginnings = new Map<string, (source: string, at: number) => Lexeme | undefined>([
  ...[...'0123456789'].map((each) => [each, simple('number', number)] as const),
  ...[...'"\''].map((each) => [each, textAt] as const),
  ...[...',;'].map((each) => [each, simple('separator', separator)] as const),
  ...[...'([{)]}'].map((each) => [each, bracketAt] as const),
  ['~', (source, at) => textAt(source, at) ?? simple('operator', operator)(source, at)],
  [':', (source, at) => atomAt(source, at) ?? simple('operator', operator)(source, at)],
  ['?', simple('number', character)],
  ['<', (source, at) => simple('operator', operator)(source, at) ?? bracketAt(source, at)],
  ['>', (source, at) => simple('operator', operator)(source, at) ?? bracketAt(source, at)],
  ...[...'@%&!^|=+-*/.\\'].map((each) => [each, simple('operator', operator)] as const),
]);

function lexemeAt(source: string, at: number): Lexeme {
  const begin = beginnings.get(source.charAt(at)) ?? nameAt;
  return begin(source, at) ?? unexpected(source, at);
}

function nameAt(source: string, at: number): Lexeme | undefined {
  const text = match(name, source, at) ?? match(unicodeName, source, at);
  if (text === undefined) return undefined;
  const end = at + text.length;
  if (match(keywordEnd, source, end)) return lexeme('keyword', text, end + 1);
  if (words.has(text)) return lexeme('word', text, end);
  return lexeme(isUpper(text) ? 'alias' : 'identifier', text, end);
}

function bracketAt(source: string, at: number): Lexeme | undefined {
  const text = match(bracket, source, at);
  if (text === undefined) return undefined;
  const kind = '([{<<'.includes(text) ? 'open' : 'close';
  return lexeme(kind, text, at + text.length);
}

/** A string, charlist, sigil or heredoc; a quoted keyword (`"a b": 1`) too. */
function textAt(source: string, at: number): Lexeme | undefined {
  const tilde = match(sigil, source, at) ?? '';
  const opener = match(quote, source, at + tilde.length) ?? (tilde && source[at + tilde.length]);
  if (!opener) return undefined;
  const raw = /^~[A-Z]/.test(tilde);
  const body = quoted(source, at + tilde.length, opener, raw);
  if (tilde) return { ...body, end: modifiersEnd(source, body.end), form: 'sigil' };
  if (match(keywordEnd, source, body.end)) return { ...body, kind: 'keyword', end: body.end + 1 };
  return opener.startsWith("'") ? { ...body, form: 'sigil' } : body;
}

function quoted(source: string, at: number, opener: string, raw: boolean): Lexeme {
  const closer = closers[opener] ?? opener;
  const from = at + opener.length;
  let form: TextForm = opener.length === 3 ? 'heredoc' : 'plain';
  let index = from;
  while (!source.startsWith(closer, index)) {
    if (index >= source.length)
      throw new SyntaxProblem(`the text that \`${opener}\` opens is never closed`, at);
    if (source[index] === '\\') {
      if (form === 'plain') form = 'escaped';
      index += 2;
    } else if (!raw && source.startsWith('#{', index)) {
      form = 'interpolated';
      index = scan(source, index + 2, true).end;
    } else index += 1;
  }
  const content = { start: from, end: index };
  return lexeme('text', source.slice(from, index), index + closer.length, content, form);
}

function modifiersEnd(source: string, at: number): number {
  let end = at;
  while (/[a-zA-Z]/.test(source[end] ?? '')) end += 1;
  return end;
}

function atomAt(source: string, at: number): Lexeme | undefined {
  if (source[at + 1] === ':') return undefined;
  const named = match(namedAtom, source, at);
  if (named !== undefined) return lexeme('atom', named.slice(1), at + named.length);
  if (source[at + 1] === '"' || source[at + 1] === "'") {
    const { text, end } = quoted(source, at + 1, source.charAt(at + 1), false);
    return lexeme('atom', text, end);
  }
  const symbol = match(operatorAtom, source, at);
  return symbol === undefined ? undefined : lexeme('atom', symbol.slice(1), at + symbol.length);
}

function simple(
  kind: TokenKind,
  pattern: RegExp,
): (source: string, at: number) => Lexeme | undefined {
  return (source, at) => {
    const text = match(pattern, source, at);
    return text === undefined ? undefined : lexeme(kind, text, at + text.length);
  };
}

function isUpper(text: string): boolean {
  const code = text.charCodeAt(0);
  return code < 0x80 ? code <= 0x5a : /^\p{Lu}/u.test(text);
}

function unexpected(source: string, at: number): never {
  throw new SyntaxProblem(`\`${source.charAt(at)}\` is not expected here`, at);
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
