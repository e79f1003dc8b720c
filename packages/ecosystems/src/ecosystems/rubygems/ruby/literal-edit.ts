import type { Edit } from '../../../model';
import { editAt, unitOffset, type EditReason } from '../../../text';
import type { Literal } from './value';

/** Offsets into `source.text` of what an edit of a literal replaces: a nil as a whole, all else within its quotes. */
export function literalSpan({ source, kind, content, whole }: Literal): [number, number] {
  const { startOffset, length } = kind === 'nil' ? whole : content;
  return [unitOffset(source, startOffset), unitOffset(source, startOffset + length)];
}

/** False for a literal that is written in a way (escapes, continued strings) that a splice could break. */
export function isPlainLiteral(literal: Literal): boolean {
  return literal.kind === 'nil' || writtenText(literal) === literal.text;
}

/** As it stands in its file. */
export function writtenText(literal: Literal): string {
  return literal.source.text.slice(...literalSpan(literal));
}

/** The edit that gives a plain literal another text, null for nil. */
export function editLiteral(literal: Literal, text: string | null, reason: EditReason): Edit {
  const { source, kind, whole } = literal;
  if (text === null) {
    const [start, end] = [whole.startOffset, whole.startOffset + whole.length];
    return editAt(source, unitOffset(source, start), unitOffset(source, end), 'nil', reason);
  }
  const newText = kind === 'nil' ? `"${text}"` : text;
  return editAt(source, ...literalSpan(literal), newText, reason);
}
