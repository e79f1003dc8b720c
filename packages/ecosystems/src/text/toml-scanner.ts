export type TomlPath = readonly (string | number)[];

/** Where one value stands. All offsets are UTF-16 units of the scanned text, ends exclusive. */
export interface TomlSpan {
  readonly path: TomlPath;
  /** The value; for strings with its quotes. */
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  readonly kind: 'string' | 'array' | 'table' | 'other';
  /** Strings: the text between the quotes (after the newline that TOML drops behind `"""`); else as start and end. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Strings: true when the content is not the value literally, because it holds escapes. */
  readonly escaped: boolean;
  /** Start of the whole key (`core.version`) and of its last segment; items of arrays have none of their own: `start`. */
  readonly keyStart: number;
  readonly lastKeyStart: number;
  /** The inline table or array that holds the value directly; absent for lines of a standard table. */
  readonly holder?: TomlHolder;
}

/** An inline table or array with the spans of its direct members, in order. */
export interface TomlHolder {
  readonly open: number;
  readonly members: TomlSpan[];
}

export interface ScannedToml {
  /** By `JSON.stringify(path)`. */
  readonly values: ReadonlyMap<string, TomlSpan>;
  /** Headers `[a.b]` and `[[a.b]]`, with brackets. */
  readonly headers: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
}

interface Key {
  readonly segments: readonly string[];
  readonly start: number;
  readonly lastStart: number;
}

const bareKey = /[A-Za-z0-9_-]+/y;
const blank = /(?:[ \t\r\n]|#[^\r\n]*)*/y;
const spaces = /[ \t]*/y;
const scalar = /[^,\]}#\r\n]*/y;

/**
 * Finds where every value of a TOML 1.1 document stands. It trusts that a real parser has accepted the
 * document, checks nothing, and stops at what it does not understand.
 */
export function scanToml(text: string): ScannedToml {
  return new Scanner(text).document();
}

class Scanner {
  private at = 0;
  private readonly values = new Map<string, TomlSpan>();
  private readonly headers = new Map<string, { start: number; end: number }>();
  /** How many `[[path]]` were seen; later headers below that path mean the last of them. */
  private readonly arrayLengths = new Map<string, number>();

  constructor(private readonly text: string) {}

  document(): ScannedToml {
    let table: TomlPath = [];
    for (this.skip(blank); this.at < this.text.length; this.skip(blank)) {
      if (this.peek() === '[') table = this.header();
      else this.entry(table);
    }
    return { values: this.values, headers: this.headers };
  }

  private header(): TomlPath {
    const start = this.at;
    const isArray = this.text.startsWith('[[', start);
    this.at += isArray ? 2 : 1;
    const segments = this.key()?.segments ?? [];
    const path = this.resolve(segments, isArray);
    this.at += isArray ? 2 : 1;
    this.headers.set(JSON.stringify(path), { start, end: this.at });
    return path;
  }

  /** `[a.b]` after `[[a]]` is `a[last].b`; `[[a]]` itself opens a further item. */
  private resolve(segments: readonly string[], isArray: boolean): TomlPath {
    const path: (string | number)[] = [];
    segments.forEach((segment, index) => {
      path.push(segment);
      const id = JSON.stringify(path);
      const seen = this.arrayLengths.get(id) ?? 0;
      const opens = isArray && index === segments.length - 1;
      if (opens) this.arrayLengths.set(id, seen + 1);
      if (opens) path.push(seen);
      else if (seen > 0) path.push(seen - 1);
    });
    return path;
  }

  private entry(table: TomlPath, holder?: TomlHolder): void {
    const key = this.key();
    if (!key || this.peek() !== '=') return this.giveUp();
    this.at++;
    this.skip(spaces);
    this.value([...table, ...key.segments], key, holder);
  }

  private key(): Key | undefined {
    const segments: string[] = [];
    const start = this.skip(spaces);
    for (;;) {
      const lastStart = this.at;
      const segment = this.keySegment();
      if (segment === undefined) return undefined;
      segments.push(segment);
      this.skip(spaces);
      if (this.peek() !== '.') return { segments, start, lastStart };
      this.at++;
      this.skip(spaces);
    }
  }

  private keySegment(): string | undefined {
    const start = this.at;
    if (this.peek() !== '"' && this.peek() !== "'") {
      return this.skip(bareKey) === this.at ? undefined : this.text.slice(start, this.at);
    }
    const { contentStart, contentEnd, escaped } = this.string();
    const content = this.text.slice(contentStart, contentEnd);
    return escaped ? unescapeToml(this.text.slice(start, this.at)) : content;
  }

  private value(path: TomlPath, key?: Key, holder?: TomlHolder): void {
    const start = this.at;
    const first = this.peek();
    const inner =
      first === '"' || first === "'"
        ? this.string()
        : first === '[' || first === '{'
          ? this.collection(path, first)
          : this.scalar();
    const span: TomlSpan = {
      path,
      start,
      end: this.at,
      raw: this.text.slice(start, this.at),
      contentStart: start,
      contentEnd: this.at,
      escaped: false,
      keyStart: key?.start ?? start,
      lastKeyStart: key?.lastStart ?? start,
      ...inner,
      ...(holder && { holder }),
    };
    holder?.members.push(span);
    this.values.set(JSON.stringify(path), span);
  }

  private string(): Pick<TomlSpan, 'kind' | 'contentStart' | 'contentEnd' | 'escaped'> {
    const quote = this.peek();
    const isMultiLine = this.text.startsWith(quote.repeat(3), this.at);
    this.at += isMultiLine ? 3 : 1;
    const contentStart = isMultiLine ? this.skip(/(?:\r?\n)?/y, 'end') : this.at;
    const contentEnd = this.closingQuote(quote, isMultiLine);
    const escaped = quote === '"' && this.text.slice(contentStart, contentEnd).includes('\\');
    return { kind: 'string', contentStart, contentEnd, escaped };
  }

  private closingQuote(quote: string, isMultiLine: boolean): number {
    for (; this.at < this.text.length; this.at++) {
      const character = this.peek();
      if (character === '\\' && quote === '"') this.at++;
      else if (character !== quote) continue;
      else if (!isMultiLine) return this.at++;
      else if (this.text.startsWith(quote.repeat(3), this.at)) return this.closeMultiLine(quote);
    }
    return this.text.length;
  }

  /** Up to two quotes may stand directly before the closing three: `""""" ` ends with the last three. */
  private closeMultiLine(quote: string): number {
    this.at += 3;
    for (let extra = 0; extra < 2 && this.peek() === quote; extra++) this.at++;
    return this.at - 3;
  }

  private collection(path: TomlPath, bracket: '[' | '{'): Pick<TomlSpan, 'kind'> {
    const holder: TomlHolder = { open: this.at, members: [] };
    const close = bracket === '[' ? ']' : '}';
    this.at++;
    for (this.skip(blank); this.at < this.text.length && this.peek() !== close; this.skip(blank)) {
      if (this.peek() === ',') this.at++;
      else if (bracket === '[') this.value([...path, holder.members.length], undefined, holder);
      else this.entry(path, holder);
    }
    this.at++;
    return { kind: bracket === '[' ? 'array' : 'table' };
  }

  private scalar(): Pick<TomlSpan, 'kind'> {
    const start = this.skip(scalar);
    const length = this.text.slice(start, this.at).trimEnd().length;
    if (length === 0) this.giveUp();
    else this.at = start + length;
    return { kind: 'other' };
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  /** Moves over a match; answers where it began, or with `end` where it ended. */
  private skip(pattern: RegExp, answer: 'start' | 'end' = 'start'): number {
    const start = this.at;
    pattern.lastIndex = start;
    this.at += pattern.exec(this.text)?.[0].length ?? 0;
    return answer === 'start' ? start : this.at;
  }

  private giveUp(): void {
    this.at = this.text.length;
  }
}

/** The value of a TOML string from its raw text with quotes. */
export function unescapeToml(raw: string): string {
  const { parse } = require('smol-toml') as typeof import('smol-toml');
  return String(parse(`value = ${raw}`)['value']);
}
