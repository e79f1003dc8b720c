import { tuple, type Term } from './term';

class Unreadable extends Error {}

/** Deeper than any metadata; keeps hostile input from the end of the stack. */
const maxDepth = 64;
const blank = /(?:\s+|%[^\n]*)*/y;
const atom = /[a-z][A-Za-z0-9_@]*/y;
const quotedAtom = /'((?:[^'\\]|\\[^])*)'/y;
const text = /"((?:[^"\\]|\\[^])*)"/y;
const integer = /-?\d+(?![.\d]*\d*\.\d)/y;
const float = /-?\d+\.\d+(?:[eE][+-]?\d+)?/y;
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
  try {
    return new TermReader(source).all();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class TermReader {
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  all(): Term[] {
    const found: Term[] = [];
    this.skip();
    while (this.at < this.source.length) {
      found.push(this.term());
      this.expect('.');
    }
    return found;
  }

  private term(): Term {
    this.depth += 1;
    if (this.depth > maxDepth) throw new Unreadable();
    const found = this.compound() ?? this.simple();
    this.depth -= 1;
    this.skip();
    return found;
  }

  private compound(): Term | undefined {
    if (this.takes('<<')) return this.binary();
    if (this.takes('{')) return tuple(...this.items('}'));
    if (this.takes('[')) return this.items(']');
    if (!this.takes('#{')) return undefined;
    return { map: this.separated('}', () => this.association()) };
  }

  private association(): readonly [Term, Term] {
    const key = this.term();
    this.expect('=>');
    return [key, this.term()];
  }

  private simple(): Term {
    const characters = this.match(text);
    if (characters !== undefined) return unescape(characters.slice(1, -1));
    const quoted = this.match(quotedAtom);
    if (quoted !== undefined) return { atom: unescape(quoted.slice(1, -1)) };
    const name = this.match(atom);
    if (name !== undefined) return { atom: name };
    const number = this.match(float) ?? this.match(integer);
    if (number === undefined) throw new Unreadable();
    return Number(number);
  }

  /** `<<"text">>`, `<<"text"/utf8>>` and `<<1,2,3>>`. Without `/utf8` each character is one byte. */
  private binary(): Term {
    const bytes: Buffer[] = this.separated('>>', () => {
      const characters = this.match(text);
      if (characters === undefined) return Buffer.of(Number(this.match(integer) ?? NaN));
      const content = unescape(characters.slice(1, -1));
      return Buffer.from(content, this.takes('/utf8') ? 'utf8' : 'latin1');
    });
    return Buffer.concat(bytes).toString('utf8');
  }

  private items(closer: string): Term[] {
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
    if (!this.takes(token)) throw new Unreadable();
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

  private skip(): void {
    this.match(blank);
  }
}

function unescape(characters: string): string {
  return characters.replace(/\\(x\{([0-9a-fA-F]+)\}|[^])/g, (_, each: string, code?: string) =>
    code === undefined ? (escapes[each] ?? each) : String.fromCodePoint(parseInt(code, 16)),
  );
}
