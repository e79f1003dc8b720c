import type { Expression } from './syntax';
import type { Token } from './tokens';

/**
 * Binding strength of binary operators, weakest first (Elixir's operator reference, 1.14). Unary `+` and `-`
 * at the start of a line begin a new statement, every other operator there continues the one before.
 */
const strengths: readonly string[] = [
  '->',
  '<- \\\\',
  'when',
  '::',
  '|',
  '=>',
  '=',
  '|| ||| or',
  '&& &&& and',
  '== != =~ === !==',
  '< > <= >=',
  '|> <<< >>> <<~ ~>> <~ ~> <~> <|>',
  'in',
  '^^^',
  '// ++ -- +++ --- .. <>',
  '+ -',
  '* /',
  '**',
];
export const strengthOf = new Map(
  strengths.flatMap((operators, index) =>
    operators.split(' ').map((operator) => [operator, index + 1] as const),
  ),
);
export const rightAssociative = new Set('| => = :: when // ++ -- +++ --- .. <>'.split(' '));
export const sectionWords = new Set(['else', 'rescue', 'catch', 'after']);
const argumentKinds = new Set(['text', 'atom', 'keyword', 'number', 'identifier', 'alias', 'open']);
export const argumentWords = new Set(['fn', 'true', 'false', 'nil', 'not']);

/** A place in the tokens, and what can be told from there about what follows. */
export class Cursor {
  /** Number of tokens before the current one. */
  protected index = 0;
  protected token: Token;
  private ahead: Token;
  private end = 0;

  constructor(private readonly read: () => Token) {
    this.token = read();
    this.ahead = read();
  }

  protected next(): Token {
    const { token } = this;
    if (token.kind === 'eof') return token;
    this.index += 1;
    this.end = token.end;
    this.token = this.ahead;
    this.ahead = this.read();
    return token;
  }

  protected is(text: string): boolean {
    const { kind } = this.token;
    return this.token.text === text && kind !== 'text' && kind !== 'atom' && kind !== 'keyword';
  }

  protected atStatementEnd(): boolean {
    const { kind, line } = this.token;
    return line || kind === 'eof' || kind === 'close' || this.is(';') || this.isBlockWord();
  }

  protected isBlockWord(): boolean {
    return this.is('end') || (this.token.kind === 'word' && sectionWords.has(this.token.text));
  }

  protected binaryStrength(): number | undefined {
    const { kind, text, line } = this.token;
    if (this.is('not') && this.ahead.text === 'in') return strengthOf.get('in');
    if (kind !== 'operator' && kind !== 'word') return undefined;
    if (line && (text === '+' || text === '-')) return undefined;
    return strengthOf.get(text);
  }

  protected startsArgument(): boolean {
    const { kind, text, line, space } = this.token;
    if (line || !space) return false;
    if (argumentKinds.has(kind)) return true;
    if (kind === 'word') return argumentWords.has(text) && !this.isNotIn();
    if (kind !== 'operator') return false;
    if (text === '-' || text === '+') return !this.ahead.space;
    return '@%&!^'.includes(text);
  }

  private isNotIn(): boolean {
    return this.is('not') && this.ahead.text === 'in';
  }

  protected lastEnd(): number {
    return this.end;
  }

  protected other(start: number): Expression {
    return { kind: 'other', start, end: Math.max(start, this.lastEnd()) };
  }
}
