import { Cursor, sectionWords, strengthOf, rightAssociative, argumentWords } from './cursor';
import { maxDepth, SyntaxProblem, tooDeep, type Call, type Expression } from './syntax';
import { tokensOf, type Token } from './tokens';

const longestName = 200;
/** What most calls have of arguments and blocks, once for all. */
const nothing: readonly never[] = [];
const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<<': '>>' };

/** Top-level statements of an Elixir source. Throws SyntaxProblem for brackets and blocks that do not match. */
export function parseElixir(source: string): Expression[] {
  const parser = new Parser(source);
  const statements = parser.statements(() => false);
  parser.expectEnd();
  return statements;
}

class Parser extends Cursor {
  private depth = 0;

  constructor(private readonly source: string) {
    super(tokensOf(source));
  }

  expectEnd(): void {
    if (this.token.kind === 'eof') return;
    const { text, start } = this.token;
    throw new SyntaxProblem(`\`${text}\` closes nothing`, start, text.length);
  }

  /** Statements up to a word that ends the block, or to a token that closes something opened outside. */
  statements(ends: (token: Token) => boolean): Expression[] {
    const found: Expression[] = [];
    for (;;) {
      while (this.is(';')) this.next();
      const { kind } = this.token;
      if (kind === 'eof' || kind === 'close' || this.is('end')) return found;
      if (kind === 'word' && ends(this.token)) return found;
      const before = this.index;
      const statement = this.expression(1, true);
      const isWhole = this.index > before && this.atStatementEnd();
      found.push(isWhole ? statement : this.skipStatement(statement));
    }
  }

  /** Syntax that carries no facts (`a, b ->`, `receive`, ...) is passed over, brackets balanced. */
  private skipStatement(from: Expression): Expression {
    do this.skipOne();
    while (!this.atStatementEnd());
    return this.other(from.start);
  }

  private skipOne(): void {
    this.enter();
    if (this.token.kind === 'open') this.bracketed();
    else if (this.is('do')) this.block();
    else if (this.is('fn')) this.anonymous();
    else this.next();
    this.depth -= 1;
  }

  private enter(): void {
    this.depth += 1;
    if (this.depth > maxDepth) throw tooDeep(this.token.start);
  }

  expression(strength: number, takesBlock: boolean): Expression {
    this.enter();
    let left = this.primary(takesBlock);
    for (;;) {
      const found = this.binaryStrength();
      if (found === undefined || found < strength) break;
      left = this.operation(left, found, takesBlock);
    }
    this.depth -= 1;
    return left;
  }

  private operation(left: Expression, strength: number, takesBlock: boolean): Expression {
    const negated = this.is('not');
    if (negated) this.next();
    const operator = this.next().text;
    const isRight = rightAssociative.has(operator);
    const right = this.expression(isRight ? strength : strength + 1, takesBlock);
    const span = { start: left.start, end: right.end };
    return negated
      ? { kind: 'other', ...span }
      : { kind: 'operation', operator, left, right, ...span };
  }

  private primary(takesBlock: boolean): Expression {
    let found = this.simplePrimary(takesBlock);
    for (;;) {
      if (this.is('.')) found = this.member(found, takesBlock);
      else if (this.is('[') && !this.token.space) {
        this.bracketed();
        found = this.other(found.start);
      } else return found;
    }
  }

  private simplePrimary(takesBlock: boolean): Expression {
    const { kind, text, start, end } = this.token;
    if (kind === 'open') return this.bracketed();
    if (kind === 'identifier') return this.call(this.next().text, start, takesBlock);
    if (kind === 'operator') return this.unary(takesBlock);
    if (this.is('fn')) return this.anonymous();
    if (this.is('not')) return this.unary(takesBlock);
    if (kind === 'word' && !argumentWords.has(text)) return this.other(start);
    if (kind === 'eof' || kind === 'close' || kind === 'separator') return this.other(start);
    if (kind === 'keyword') return this.pair();
    const token = this.next();
    if (token.kind === 'text' && token.content && token.form)
      return { kind: 'text', value: text, form: token.form, content: token.content, start, end };
    if (kind === 'alias') return { kind: 'alias', value: text, start, end };
    if (kind === 'atom' || kind === 'word') return { kind: 'atom', value: text, start, end };
    return { kind: 'other', start, end };
  }

  private unary(takesBlock: boolean): Expression {
    const { text, start } = this.next();
    if (text === '@' && this.token.kind === 'identifier') return this.attribute(start, takesBlock);
    if (text === '%') {
      if (this.token.kind === 'alias') this.primary(false);
      if (this.is('{')) this.bracketed();
      return this.other(start);
    }
    const isOperand = this.token.kind !== 'close' && this.token.kind !== 'eof' && !this.is(',');
    if (isOperand) this.expression(strengthOf.get('**') ?? 1, takesBlock);
    return this.other(start);
  }

  private attribute(start: number, takesBlock: boolean): Expression {
    const name = this.next();
    if (!this.startsArgument()) return { kind: 'attribute', name: name.text, start, end: name.end };
    const value = this.expression(1, takesBlock);
    return { kind: 'attribute', name: name.text, value, start, end: value.end };
  }

  private member(base: Expression, takesBlock: boolean): Expression {
    this.next();
    const { kind, text, start, space } = this.token;
    if (kind === 'identifier' || (kind === 'word' && !space)) {
      this.next();
      return this.call(this.nameFrom(base, `.${text}`), base.start, takesBlock);
    }
    if (kind === 'alias') {
      this.next();
      const value = this.nameFrom(base, `.${text}`);
      return { kind: 'alias', value, start: base.start, end: start + text.length };
    }
    this.skipOne();
    return this.other(base.start);
  }

  /** `File` and `.read!` in one; empty where the first part is longer than any name, as in `a.b.c...` without end. */
  private nameFrom({ start, end }: Expression, rest: string): string {
    const isName = end - start <= longestName;
    return isName ? this.source.slice(start, end).replace(/\s+/g, '') + rest : '';
  }

  private call(name: string, start: number, takesBlock: boolean): Call {
    const args =
      this.is('(') && !this.token.space
        ? gatherKeywords(this.items())
        : this.startsArgument()
          ? gatherKeywords(this.openArguments())
          : nothing;
    const sections = takesBlock && this.is('do') ? this.block() : nothing;
    return { kind: 'call', name, args, sections, start, end: this.lastEnd() };
  }

  /** Arguments without parentheses; a `do` after them belongs to the call, not to the last argument. */
  private openArguments(): Expression[] {
    const found = [this.expression(2, false)];
    while (this.is(',')) {
      this.next();
      found.push(this.expression(2, false));
    }
    return found;
  }

  private pair(): Expression {
    const key = this.next();
    const value = this.expression(2, false);
    return { kind: 'pair', key: key.text, value, start: key.start, end: value.end };
  }

  private bracketed(): Expression {
    const { text, start } = this.token;
    const items = this.items();
    const span = { start, end: this.lastEnd() };
    if (text === '[') return { kind: 'list', items, ...span };
    if (text === '{') return { kind: 'tuple', items: gatherKeywords(items), ...span };
    const only = items.length === 1 ? items[0] : undefined;
    return text === '(' && only ? only : { kind: 'other', ...span };
  }

  /** From an opening bracket to the one that closes it. */
  private items(): Expression[] {
    const open = this.next();
    const closer = closerOf[open.text] ?? ')';
    const found: Expression[] = [];
    while (!this.is(closer)) {
      this.expectInside(open);
      const item = this.expression(1, true);
      found.push(this.is(',') || this.is(closer) ? item : this.skipItem(item, closer, open));
      if (this.is(',')) this.next();
    }
    this.next();
    return found;
  }

  private skipItem(from: Expression, closer: string, open: Token): Expression {
    while (!this.is(',') && !this.is(closer)) {
      this.expectInside(open);
      this.skipOne();
    }
    return this.other(from.start);
  }

  private expectInside(open: Token): void {
    const { kind } = this.token;
    if (kind === 'eof' || kind === 'close' || this.is('end'))
      throw new SyntaxProblem(`\`${open.text}\` is never closed`, open.start, open.text.length);
  }

  /** From `do` to its `end`. */
  private block(): Expression[][] {
    const opener = this.next();
    const sections: Expression[][] = [];
    for (;;) {
      sections.push(this.statements((token) => sectionWords.has(token.text)));
      if (this.token.kind === 'word' && sectionWords.has(this.token.text)) {
        this.next();
        continue;
      }
      this.expectBlockEnd(opener);
      return sections;
    }
  }

  private anonymous(): Expression {
    const opener = this.next();
    this.statements(() => false);
    while (!this.is('end') && this.token.kind !== 'eof' && this.token.kind !== 'close') {
      this.skipOne();
      this.statements(() => false);
    }
    this.expectBlockEnd(opener);
    return this.other(opener.start);
  }

  private expectBlockEnd(opener: Token): void {
    if (!this.is('end')) {
      const what = `\`${opener.text}\` has no \`end\``;
      throw new SyntaxProblem(what, opener.start, opener.text.length);
    }
    this.next();
  }
}

/** `f(a, b: 1, c: 2)` passes one list of two pairs. */
function gatherKeywords(items: readonly Expression[]): Expression[] {
  const from = items.findIndex(({ kind }) => kind === 'pair');
  const first = items[from];
  const last = items.at(-1);
  if (!first || !last) return [...items];
  const pairs = items.slice(from);
  return [
    ...items.slice(0, from),
    { kind: 'list', items: pairs, start: first.start, end: last.end },
  ];
}
