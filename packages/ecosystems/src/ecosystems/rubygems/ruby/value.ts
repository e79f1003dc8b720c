import type { Source } from '../../../model';
import type { Location } from './prism';

/** A literal in a file: what an edit can replace. Places are bytes of UTF-8, as prism counts them. */
export interface Literal {
  readonly source: Source;
  /** `followed` is text of another manifest, which a gemspec reads but does not own. */
  readonly kind: 'string' | 'integer' | 'nil' | 'file' | 'followed';
  /** What it means; empty for nil. */
  readonly text: string;
  /** The text itself, without quotes. */
  readonly content: Location;
  /** With quotes. */
  readonly whole: Location;
  /** The constant or method that it is the value of, `Acme::VERSION`. */
  readonly name?: string;
}

/** What a Ruby expression means, as far as that can be told without running it. */
export type Value =
  /** A string, put together from literals and from text that stands nowhere. */
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'nil'; readonly literal: Literal }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly compact?: true }
  | Joined
  /** Another gemspec that this one loads. */
  | { readonly kind: 'specification'; readonly attributes: ReadonlyMap<string, Value> }
  | Unknown;

export type Piece = Literal | string | Joined;

/** `[MAJOR, MINOR, TINY, PRE].compact.join(".")`. */
export interface Joined {
  readonly kind: 'joined';
  readonly items: readonly Value[];
  readonly separator: string;
  /** Without `compact` a nil leaves a separator too many. */
  readonly compact: boolean;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly source: Source;
  readonly place: Location;
  /** What is known of it all the same: `it is a number: quote it`. */
  readonly why?: string;
}

/** New texts of literals, by `literalKey`; null is nil. */
export type LiteralEdits = ReadonlyMap<string, string | null>;

export function literalKey({ source, whole }: Literal): string {
  return `${source.file}\0${whole.startOffset}`;
}

export function textValue(text: string): Value {
  return { kind: 'text', pieces: [text] };
}

/** The string that a value is, or would be after edits; null for what is not known or no string. */
export function render(value: Value | undefined, edits?: LiteralEdits): string | null {
  if (value?.kind === 'text') {
    const texts = value.pieces.map((piece) => renderPiece(piece, edits));
    return texts.includes(null) ? null : texts.join('');
  }
  return value?.kind === 'joined' ? renderJoined(value, edits) : null;
}

function renderJoined({ items, compact, separator }: Joined, edits?: LiteralEdits): string | null {
  const texts = items.map((item) => {
    const literal = item.kind === 'nil' ? item.literal : onlyLiteral(item);
    return literal ? literalText(literal, edits) : (render(item, edits) ?? undefined);
  });
  if (texts.includes(undefined)) return null;
  return texts.filter((text) => text !== null || !compact).join(separator);
}

function renderPiece(piece: Piece, edits: LiteralEdits | undefined): string | null {
  if (typeof piece === 'string') return piece;
  return piece.kind === 'joined' ? renderJoined(piece, edits) : (literalText(piece, edits) ?? '');
}

/** Null for nil. */
export function literalText(literal: Literal, edits?: LiteralEdits): string | null {
  const edit = edits?.get(literalKey(literal));
  if (edit !== undefined) return edit;
  return literal.kind === 'nil' ? null : literal.text;
}

/** The literal that alone makes up a value. */
export function onlyLiteral(value: Value | undefined): Literal | undefined {
  if (value?.kind !== 'text' || value.pieces.length !== 1) return undefined;
  const [piece] = value.pieces;
  return typeof piece === 'string' || piece?.kind === 'joined' ? undefined : piece;
}

/** Every literal that goes into a value. */
export function literalsOf(value: Value | Piece): readonly Literal[] {
  if (typeof value === 'string') return [];
  if (value.kind === 'text') return value.pieces.flatMap(literalsOf);
  if (value.kind === 'list' || value.kind === 'joined') return value.items.flatMap(literalsOf);
  if (value.kind === 'nil') return 'literal' in value ? [value.literal] : [value];
  return value.kind === 'unknown' || value.kind === 'specification' ? [] : [value];
}

/** Lists within lists opened up, as RubyGems does with requirements. */
export function flatten(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items.flatMap(flatten) : [value];
}
