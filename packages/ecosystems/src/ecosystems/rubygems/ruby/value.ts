import type { Source } from '../../../model';
import type { Location } from './prism';

/** A literal in a file: what an edit can replace. Places are bytes of UTF-8, as prism counts them. */
export interface Literal {
  readonly source: Source;
  readonly kind: 'string' | 'integer' | 'nil' | 'file';
  /** What it means; empty for nil. */
  readonly text: string;
  /** The text itself, without quotes. */
  readonly content: Location;
  /** With quotes. */
  readonly whole: Location;
}

/** What a Ruby expression means, as far as that can be told without running it. */
export type Value =
  /** A string, put together from literals and from text that stands nowhere. */
  | { readonly kind: 'text'; readonly pieces: readonly (Literal | string)[] }
  | { readonly kind: 'nil'; readonly literal: Literal }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  /** `[MAJOR, MINOR, TINY, PRE].compact.join(".")`. */
  | { readonly kind: 'joined'; readonly items: readonly Value[]; readonly separator: string }
  | { readonly kind: 'unknown'; readonly source: Source; readonly place: Location };

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
  if (value?.kind === 'text')
    return value.pieces.map((piece) => renderPiece(piece, edits) ?? '').join('');
  if (value?.kind !== 'joined') return null;
  const rendered = value.items.flatMap((item) => {
    if (item.kind === 'nil') return renderPiece(item.literal, edits) ?? [];
    if (item.kind === 'text' && item.pieces.length === 1)
      return renderPiece(item.pieces[0] as Literal | string, edits) ?? [];
    return [render(item, edits)];
  });
  return rendered.includes(null) ? null : rendered.join(value.separator);
}

function renderPiece(piece: Literal | string, edits: LiteralEdits | undefined): string | null {
  if (typeof piece === 'string') return piece;
  const edit = edits?.get(literalKey(piece));
  if (edit !== undefined) return edit;
  return piece.kind === 'nil' ? null : piece.text;
}

/** The literal that alone makes up a value. */
export function onlyLiteral(value: Value | undefined): Literal | undefined {
  if (value?.kind !== 'text' || value.pieces.length !== 1) return undefined;
  const [piece] = value.pieces;
  return typeof piece === 'string' ? undefined : piece;
}

/** Lists within lists opened up, as RubyGems does with requirements. */
export function flatten(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items.flatMap(flatten) : [value];
}
