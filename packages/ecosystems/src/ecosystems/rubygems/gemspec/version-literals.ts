import { literalKey, type Literal, type LiteralEdits, type Piece, type Value } from '../ruby/value';
import { prereleaseWord, release, spell } from '../version-number';

/** What a version is made of: one literal, or the parts between its dots. */
export interface VersionLiterals {
  readonly literals: readonly Literal[];
  /** False where a part that is nil would leave a dot too many. */
  readonly takesNil: boolean;
}

/**
 * The literals that make up a version, one or the parts between the dots (`"1.2.0"`, `MAJOR`, `MINOR`, `TINY`,
 * `PRE`); undefined when something else goes into it.
 */
export function versionLiterals(value: Value): VersionLiterals | undefined {
  if (value.kind === 'text') return textLiterals(value.pieces);
  if (value.kind !== 'joined' || value.separator !== '.') return undefined;
  const literals = value.items.map(itemLiteral);
  return literals.length > 0 && literals.every((each) => each !== undefined)
    ? { literals, takesNil: value.compact }
    : undefined;
}

function textLiterals(pieces: readonly Piece[]): VersionLiterals | undefined {
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === 'object' && first.kind === 'joined')
    return versionLiterals(first);
  // Text between interpolations is a literal of its own: `"#{MAJOR}.#{MINOR}"`.
  const parts = pieces.filter((_, index) => index % 2 === 0);
  const dots = pieces.filter((_, index) => index % 2 === 1);
  const literals = parts.filter(isLiteral);
  if (!dots.every(isDot) || literals.length < parts.length) return undefined;
  return { literals, takesNil: false };
}

function isLiteral(piece: Piece): piece is Literal {
  return typeof piece === 'object' && piece.kind !== 'joined';
}

function isDot(piece: Piece): boolean {
  return isLiteral(piece) ? piece.text === '.' : piece === '.';
}

function itemLiteral(item: Value): Literal | undefined {
  if (item.kind === 'nil') return item.literal;
  const found = item.kind === 'text' ? textLiterals(item.pieces) : undefined;
  return found?.literals.length === 1 ? found.literals[0] : undefined;
}

/**
 * The texts that the literals get so that they spell `version`; null where they cannot, because there is no
 * place for a prerelease or for a fourth part.
 */
export function spellVersion(
  { literals, takesNil }: VersionLiterals,
  version: string,
): LiteralEdits | null {
  const [first] = literals;
  if (literals.length === 1 && first) {
    const fits = first.kind !== 'integer' || /^[0-9]+$/.test(version);
    return fits ? new Map([[literalKey(first), version]]) : null;
  }
  const slots = literals.filter(isNumber);
  const places = literals.filter((literal, index) => !isNumber(literal, index));
  const numbers = release(version);
  const rest = spell([...numbers.slice(slots.length)], prereleaseWord(version));
  if (numbers.length < slots.length) return null;
  if (places.length > 1 || (rest !== '' && places.length === 0)) return null;
  if (rest === '' && places.length > 0 && !takesNil) return null;
  const texts = slots.map((slot, at) => [literalKey(slot), String(numbers[at] ?? 0)] as const);
  const last = places.map((place) => [literalKey(place), rest === '' ? null : rest] as const);
  return new Map<string, string | null>([...texts, ...last]);
}

/** `PRE` may hold a number in quotes, the fourth part of a version, and is no place of numbers all the same. */
function isNumber({ kind, text }: Literal, index: number): boolean {
  return kind === 'integer' || (index < 3 && /^[0-9]+$/.test(text));
}
