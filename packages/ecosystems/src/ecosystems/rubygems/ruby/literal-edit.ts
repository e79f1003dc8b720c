import type { Edit } from '../../../model';
import { editAt } from '../../../text';
import { textOffset, type Location } from './prism';
import type { Literal } from './value';

/**
 * The edit that gives a literal another text, null for nil; undefined where the literal is written in a way
 * (escapes, continued strings) that a splice could break.
 */
export function editLiteral(
  literal: Literal,
  text: string | null,
  reason: string,
): Edit | undefined {
  const { source, kind, content, whole } = literal;
  if (text === null) return replace(whole, 'nil');
  if (kind === 'nil') return replace(whole, `"${text}"`);
  const [start, end] = spanOf(content);
  if (source.text.slice(start, end) !== literal.text) return undefined;
  return editAt(source, start, end, text, reason);

  function replace(place: Location, newText: string): Edit {
    return editAt(source, ...spanOf(place), newText, reason);
  }

  function spanOf({ startOffset, length }: Location): [number, number] {
    return [textOffset(source, startOffset), textOffset(source, startOffset + length)];
  }
}
