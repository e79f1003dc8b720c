import type { Literal, LiteralEdits, Value } from './ruby/value';
import { literalKey } from './ruby/value';
import { prereleaseWord, release, spell } from './version-number';

/**
 * The literals that make up a version, one or the parts between the dots (`"1.2.0"`, `MAJOR`, `MINOR`, `TINY`,
 * `PRE`); undefined when something else goes into it.
 */
export function versionLiterals(value: Value): readonly Literal[] | undefined {
  if (value.kind === 'text') return textLiterals(value.pieces);
  if (value.kind !== 'joined' || value.separator !== '.') return undefined;
  const literals = value.items.map(itemLiteral);
  return literals.length > 0 && literals.every((each) => each !== undefined) ? literals : undefined;
}

function textLiterals(pieces: readonly (Literal | string)[]): readonly Literal[] | undefined {
  const literals = pieces.filter((_, index) => index % 2 === 0);
  // Text between interpolations is a literal of its own: `"#{MAJOR}.#{MINOR}"`.
  const dots = pieces.filter((_, index) => index % 2 === 1);
  const isDot = (piece: Literal | string): boolean =>
    (typeof piece === 'string' ? piece : piece.text) === '.';
  if (!dots.every(isDot) || literals.some((piece) => typeof piece === 'string')) return undefined;
  return literals as Literal[];
}

function itemLiteral(item: Value): Literal | undefined {
  if (item.kind === 'nil') return item.literal;
  const literals = item.kind === 'text' ? textLiterals(item.pieces) : undefined;
  return literals?.length === 1 ? literals[0] : undefined;
}

/**
 * The texts that the literals get so that they spell `version`; null where they cannot, because there is no
 * place for a prerelease or for a fourth part.
 */
export function spellVersion(literals: readonly Literal[], version: string): LiteralEdits | null {
  const [first] = literals;
  if (literals.length === 1 && first) return new Map([[literalKey(first), version]]);
  const slots = literals.filter(isNumber);
  const places = literals.filter((literal, index) => !isNumber(literal, index));
  const numbers = release(version);
  const rest = spell([...numbers.slice(slots.length)], prereleaseWord(version));
  if (places.length > 1 || (rest !== '' && places.length === 0)) return null;
  const texts = slots.map((slot, at) => [literalKey(slot), String(numbers[at] ?? 0)] as const);
  const last = places.map((place) => [literalKey(place), rest === '' ? null : rest] as const);
  return new Map<string, string | null>([...texts, ...last]);
}

/** `PRE` may hold a number in quotes, the fourth part of a version, and is no place of numbers all the same. */
function isNumber({ kind, text }: Literal, index: number): boolean {
  return kind === 'integer' || (index < 3 && /^[0-9]+$/.test(text));
}
