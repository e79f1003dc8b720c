import { nextMajor, nextSibling } from '../pvp';
import type { Bound, Range } from '../ranges/range';

/** A range without `^>=`, wildcards and sets: how hpack takes it apart before it prints it. */
type Plain =
  | {
      readonly kind: 'bound';
      readonly operator: Bound['operator'];
      readonly version: readonly number[];
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Plain[] };

/**
 * As hpack 0.34.7 writes it into a `.cabal` file, over Cabal's pretty printer: for old versions of Cabal, so
 * `^>=1.2` becomes `==1.2.*`. Empty for what holds every version.
 */
export function renderRange(range: Range): string {
  const plain = plainOf(range);
  if (range.kind === 'any') return '';
  return wildcardOf(plain) ?? print(plain);
}

function plainOf(range: Range): Plain {
  switch (range.kind) {
    case 'any':
      return { kind: 'bound', operator: '>=', version: [0] };
    case 'none':
      return { kind: 'bound', operator: '<', version: [0] };
    case 'bound':
      return plainBound(range);
    default: {
      const parts = range.parts.map(plainOf);
      const [only] = parts;
      return parts.length === 1 && only
        ? only
        : { kind: range.kind === 'and' ? 'and' : 'or', parts };
    }
  }
}

function plainBound({ operator, version, wildcard }: Bound): Plain {
  if (operator !== '^>=' && !wildcard) return { kind: 'bound', operator, version };
  const limit = wildcard ? nextSibling(version) : nextMajor(version);
  const parts: Plain[] = [
    { kind: 'bound', operator: '>=', version },
    { kind: 'bound', operator: '<', version: limit },
  ];
  return { kind: 'and', parts };
}

/** `>=1.2 && <1.3` is `==1.2.*`, but only where it is the whole range. */
function wildcardOf(plain: Plain): string | undefined {
  if (plain.kind !== 'and') return undefined;
  const [lower, upper, more] = plain.parts;
  if (more || lower?.kind !== 'bound' || upper?.kind !== 'bound') return undefined;
  const isNext = nextSibling(lower.version).join('.') === upper.version.join('.');
  const isRange = lower.operator === '>=' && upper.operator === '<';
  return isRange && isNext ? `==${lower.version.join('.')}.*` : undefined;
}

/** Cabal's operators lean to the right: only the last part of a chain may be one of the same kind without parentheses. */
function print(plain: Plain): string {
  if (plain.kind === 'bound') return plain.operator + plain.version.join('.');
  const { kind, parts } = plain;
  const printed = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const bare = part.kind === 'bound' || (kind === 'or' && part.kind === 'and');
    return bare || (isLast && part.kind === kind) ? print(part) : `(${print(part)})`;
  });
  return printed.join(kind === 'and' ? ' && ' : ' || ');
}
