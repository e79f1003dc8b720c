import { backslash, endsScalar, hash, isBare, isLineEnd, isSpace } from './toml-characters';
import { below, tomlKey, top, type Spot } from './toml-key';

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

/** A header `[a.b]` or `[[a.b]]`, with its brackets. */
export interface TomlHeader {
  readonly start: number;
  readonly end: number;
}

interface Key {
  readonly segments: readonly string[];
  readonly start: number;
  readonly lastStart: number;
}

type ScannedString = Pick<TomlSpan, 'contentStart' | 'contentEnd' | 'escaped'> & {
  readonly kind: 'string';
};

/**
 * Finds where the values of a TOML 1.1 document stand. It trusts that a real parser has accepted the document, checks
 * nothing, and stops at what it does not understand. It goes no further than to what is asked for: a version stands
 * near the top.
 */
export class TomlScanner {
  private at = 0;
  private table = top;
  /** Both by the keys of their paths. */
  private readonly values = new Map<string, TomlSpan>();
  private readonly headers = new Map<string, TomlHeader>();
  /** How many `[[path]]` were seen; later headers below that path mean the last of them. */
  private readonly arrayLengths = new Map<string, number>();

  constructor(private readonly text: string) {}

  value(path: TomlPath): TomlSpan | undefined {
    return this.seek(this.values, tomlKey(path));
  }

  header(path: TomlPath): TomlHeader | undefined {
    return this.seek(this.headers, tomlKey(path));
  }

  /** No key stands twice in what a parser accepts, so that the first is the one. */
  private seek<T>(found: ReadonlyMap<string, T>, key: string): T | undefined {
    while (!found.has(key) && this.at < this.text.length) this.step();
    return found.get(key);
  }

  /** One header or one entry with all that is in it. */
  private step(): void {
    this.skipBlank();
    if (this.at >= this.text.length) return;
    if (this.peek() === '[') this.table = this.readHeader();
    else this.entry(this.table);
  }

  private readHeader(): Spot {
    const start = this.at;
    const isArray = this.text.startsWith('[[', start);
    this.at += isArray ? 2 : 1;
    const spot = this.resolve(this.key()?.segments ?? [], isArray);
    this.at += isArray ? 2 : 1;
    this.headers.set(spot.key, { start, end: this.at });
    return spot;
  }

  /** `[a.b]` after `[[a]]` is `a[last].b`; `[[a]]` itself opens a further item. */
  private resolve(segments: readonly string[], isArray: boolean): Spot {
    let spot = top;
    segments.forEach((segment, index) => {
      const named = below(spot, [segment]);
      const seen = this.arrayLengths.get(named.key) ?? 0;
      const opens = isArray && index === segments.length - 1;
      if (opens) this.arrayLengths.set(named.key, seen + 1);
      const item = opens ? seen : seen - 1;
      spot = item >= 0 ? below(named, [item]) : named;
    });
    return spot;
  }

  private entry(table: Spot, holder?: TomlHolder): void {
    const key = this.key();
    if (!key || this.peek() !== '=') return this.giveUp();
    this.at++;
    this.skipSpaces();
    this.readValue(below(table, key.segments), key, holder);
  }

  private key(): Key | undefined {
    const segments: string[] = [];
    const start = this.at;
    this.skipSpaces();
    for (;;) {
      const lastStart = this.at;
      const segment = this.keySegment();
      if (segment === undefined) return undefined;
      segments.push(segment);
      this.skipSpaces();
      if (this.peek() !== '.') return { segments, start, lastStart };
      this.at++;
      this.skipSpaces();
    }
  }

  private keySegment(): string | undefined {
    const start = this.at;
    if (this.peek() !== '"' && this.peek() !== "'") {
      while (isBare(this.text.charCodeAt(this.at))) this.at++;
      return this.at === start ? undefined : this.text.slice(start, this.at);
    }
    const { contentStart, contentEnd, escaped } = this.string();
    const content = this.text.slice(contentStart, contentEnd);
    return escaped ? unescapeToml(this.text.slice(start, this.at)) : content;
  }

  private readValue(spot: Spot, key?: Key, holder?: TomlHolder): void {
    const start = this.at;
    const inner = this.inner(spot);
    const isString = inner.kind === 'string';
    const span: TomlSpan = {
      path: spot.path,
      start,
      end: this.at,
      raw: this.text.slice(start, this.at),
      kind: inner.kind,
      contentStart: isString ? inner.contentStart : start,
      contentEnd: isString ? inner.contentEnd : this.at,
      escaped: isString && inner.escaped,
      keyStart: key ? key.start : start,
      lastKeyStart: key ? key.lastStart : start,
      ...(holder && { holder }),
    };
    holder?.members.push(span);
    this.values.set(spot.key, span);
  }

  private inner(
    spot: Spot,
  ): ScannedString | { readonly kind: Exclude<TomlSpan['kind'], 'string'> } {
    const first = this.peek();
    if (first === '"' || first === "'") return this.string();
    return first === '[' || first === '{' ? this.collection(spot, first) : this.scalar();
  }

  private string(): ScannedString {
    const quote = this.peek();
    const isMultiLine = this.text.startsWith(quote.repeat(3), this.at);
    this.at += isMultiLine ? 3 : 1;
    if (isMultiLine) this.skipLineEnd();
    const contentStart = this.at;
    const contentEnd = this.closingQuote(quote, isMultiLine);
    const escaped = quote === '"' && this.text.slice(contentStart, contentEnd).includes('\\');
    return { kind: 'string', contentStart, contentEnd, escaped };
  }

  private closingQuote(quote: string, isMultiLine: boolean): number {
    const { text } = this;
    const own = quote.charCodeAt(0);
    for (; this.at < text.length; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === backslash && quote === '"') this.at++;
      else if (code !== own) continue;
      else if (!isMultiLine) return this.at++;
      else if (text.startsWith(quote.repeat(3), this.at)) return this.closeMultiLine(quote);
    }
    return text.length;
  }

  /** Up to two quotes may stand directly before the closing three: `""""" ` ends with the last three. */
  private closeMultiLine(quote: string): number {
    this.at += 3;
    for (let extra = 0; extra < 2 && this.peek() === quote; extra++) this.at++;
    return this.at - 3;
  }

  private collection(spot: Spot, bracket: '[' | '{'): { readonly kind: 'array' | 'table' } {
    const holder: TomlHolder = { open: this.at, members: [] };
    const close = bracket === '[' ? ']' : '}';
    this.at++;
    for (this.skipBlank(); this.at < this.text.length && this.peek() !== close; this.skipBlank()) {
      if (this.peek() === ',') this.at++;
      else if (bracket === '{') this.entry(spot, holder);
      else this.readValue(below(spot, [holder.members.length]), undefined, holder);
    }
    this.at++;
    return { kind: bracket === '[' ? 'array' : 'table' };
  }

  private scalar(): { readonly kind: 'other' } {
    const start = this.at;
    while (this.at < this.text.length && !endsScalar(this.text.charCodeAt(this.at))) this.at++;
    const length = this.text.slice(start, this.at).trimEnd().length;
    if (length === 0) this.giveUp();
    else this.at = start + length;
    return { kind: 'other' };
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  private skipSpaces(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  private skipLineEnd(): void {
    if (this.text.startsWith('\r\n', this.at)) this.at += 2;
    else if (this.peek() === '\n') this.at++;
  }

  /** Over spaces, line ends and comments. */
  private skipBlank(): void {
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === hash) this.skipComment();
      else if (!isSpace(code) && !isLineEnd(code)) return;
    }
  }

  /** To the last character of a comment. */
  private skipComment(): void {
    const { text } = this;
    while (this.at + 1 < text.length && !isLineEnd(text.charCodeAt(this.at + 1))) this.at++;
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
