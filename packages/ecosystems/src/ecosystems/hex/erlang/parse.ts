import type { Node } from './node';
import type { Term } from './term';

/** Why a text holds no terms, and where. */
export class Unreadable extends Error {
  constructor(readonly offset: number) {
    super('no Erlang term');
  }
}

const lastCodePoint = 0x10ffff;
/** Deeper than any metadata; keeps hostile input from the end of the stack. */
const maxDepth = 64;
const atom = /[a-z][A-Za-z0-9_@]*/y;
const number = /-?\d+(?:#[0-9A-Za-z]+|\.\d+(?:[eE][+-]?\d+)?)?/y;
const character = /\$(?:\\[^]|[^])/y;
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  s: ' ',
  e: '\x1b',
  0: '\0',
};

/**
 * Terms in text form, each ended by a dot, as `metadata.config` of a Hex tarball holds them. Strings between
 * plain double quotes (lists of characters) count as text too. Undefined for everything else.
 */
export function parseTerms(source: string): readonly Term[] | undefined {
  const nodes = parseNodes(source);
  return nodes instanceof Unreadable ? undefined : nodes.map(termOf);
}

/** The same with the place of each. */
export function parseNodes(source: string): readonly Node[] | Unreadable {
  try {
    return new NodeReader(source).all();
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
}

function termOf(node: Node): Term {
  switch (node.kind) {
    case 'text':
    case 'binary':
    case 'number':
      return node.value;
    case 'atom':
      return { atom: node.value };
    case 'list':
      return node.items.map(termOf);
    case 'tuple':
      return { tuple: node.items.map(termOf) };
    case 'map':
      return { map: node.pairs.map(([key, value]) => [termOf(key), termOf(value)] as const) };
  }
}

class NodeReader {
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  all(): Node[] {
    const found: Node[] = [];
    this.skip();
    while (this.at < this.source.length) {
      found.push(this.term());
      this.expect('.');
    }
    return found;
  }

  private term(): Node {
    this.depth += 1;
    if (this.depth > maxDepth) throw new Unreadable(this.at);
    const found = this.compound() ?? this.simple();
    this.depth -= 1;
    this.skip();
    return found;
  }

  private compound(): Node | undefined {
    const start = this.at;
    if (this.takes('<<')) return this.binary(start);
    if (this.takes('{')) return { kind: 'tuple', items: this.items('}'), ...this.span(start) };
    if (this.takes('[')) return { kind: 'list', items: this.items(']'), ...this.span(start) };
    if (!this.takes('#{')) return undefined;
    const pairs = this.separated('}', () => this.association());
    return { kind: 'map', pairs, ...this.span(start) };
  }

  private association(): readonly [Node, Node] {
    const key = this.term();
    this.expect('=>');
    return [key, this.term()];
  }

  private simple(): Node {
    const start = this.at;
    const mark = this.source[start];
    if (mark === '"') return this.text();
    if (mark === "'") return { kind: 'atom', value: this.quoted().value, ...this.span(start) };
    const name = this.match(atom);
    if (name !== undefined) return { kind: 'atom', value: name, ...this.span(start) };
    const found = this.match(number) ?? this.match(character);
    if (found === undefined) throw new Unreadable(start);
    return { kind: 'number', value: numberOf(found), ...this.span(start) };
  }

  /** One string, or several beside each other, which are one for Erlang. */
  private text(): Node {
    const start = this.at;
    const { value, content } = this.quoted();
    let [whole, end] = [value, this.at];
    for (this.skip(); this.source[this.at] === '"'; this.skip()) {
      whole += this.quoted().value;
      end = this.at;
    }
    const isPlain = whole === value && content.end - content.start === value.length;
    return { kind: 'text', value: whole, start, end, ...(isPlain ? { content } : {}) };
  }

  /** `<<"text">>`, `<<"text"/utf8>>` and `<<1,2,3>>`. Without `/utf8` each character is one byte. */
  private binary(start: number): Node {
    let content: Node | undefined;
    const bytes: Buffer[] = this.separated('>>', () => {
      if (this.source[this.at] !== '"') return Buffer.of(this.byte());
      const node = this.text();
      content = node;
      const text = node.kind === 'text' ? node.value : '';
      return Buffer.from(text, this.takes('/utf8') ? 'utf8' : 'latin1');
    });
    const value = Buffer.concat(bytes).toString('utf8');
    const isPlain = content?.kind === 'text' && bytes.length === 1 && content.value === value;
    const inner = isPlain && content?.kind === 'text' ? content.content : undefined;
    return { kind: 'binary', value, ...(inner ? { content: inner } : {}), ...this.span(start) };
  }

  private byte(): number {
    const found = this.match(number);
    if (found === undefined) throw new Unreadable(this.at);
    return numberOf(found);
  }

  /** The characters between two quotes of one kind, escapes resolved. */
  private quoted(): { value: string; content: { start: number; end: number } } {
    const start = this.at + 1;
    const mark = this.source[this.at];
    let end = start;
    while (end < this.source.length && this.source[end] !== mark)
      end += this.source[end] === '\\' ? 2 : 1;
    if (end >= this.source.length) throw new Unreadable(this.at);
    this.at = end + 1;
    return { value: unescape(this.source.slice(start, end)), content: { start, end } };
  }

  private items(closer: string): Node[] {
    return this.separated(closer, () => this.term());
  }

  private separated<T>(closer: string, item: () => T): T[] {
    const found: T[] = [];
    if (this.takes(closer)) return found;
    do {
      found.push(item());
      this.skip();
    } while (this.takes(','));
    this.expect(closer);
    return found;
  }

  private expect(token: string): void {
    if (!this.takes(token)) throw new Unreadable(this.at);
  }

  private takes(token: string): boolean {
    if (!this.source.startsWith(token, this.at)) return false;
    this.at += token.length;
    this.skip();
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private span(start: number): { start: number; end: number } {
    return { start, end: this.at };
  }

  /** White space and comments. A loop: a pattern that repeats over a long text runs out of its stack. */
  private skip(): void {
    for (;;) {
      const found = this.source[this.at];
      if (found === '%') {
        const end = this.source.indexOf('\n', this.at);
        this.at = end < 0 ? this.source.length : end;
      } else if (found !== undefined && /\s/.test(found)) this.at += 1;
      else return;
    }
  }
}

/** `12`, `1.5`, `16#ff`, `$a` */
function numberOf(text: string): number {
  if (text.startsWith('$')) return unescape(text.slice(1)).codePointAt(0) ?? 0;
  const [base = '', digits] = text.split('#');
  return digits === undefined ? Number(text) : parseInt(digits, Number(base));
}

function unescape(characters: string): string {
  return characters.replace(/\\(x\{([0-9a-fA-F]+)\}|[^])/g, (_, each: string, code?: string) => {
    if (code === undefined) return escapes[each] ?? each;
    return String.fromCodePoint(Math.min(parseInt(code, 16), lastCodePoint));
  });
}
