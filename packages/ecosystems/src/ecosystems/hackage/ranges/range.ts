import { take, type TextCursor } from '../text-cursor';

/** A primitive bound; a member of a set starts at its version. */
export interface Bound {
  readonly kind: 'bound';
  readonly operator: '==' | '^>=' | '>=' | '>' | '<=' | '<';
  readonly version: readonly number[];
  /** `==1.2.*` */
  readonly wildcard: boolean;
  readonly start: number;
  /** Where the version starts; it ends where the bound ends. */
  readonly versionStart: number;
  readonly end: number;
}

/** `&&`, `||`, or the set `^>= {1.2, 2.0}`, whose members are bounds with the operator of the set. */
export interface Compound {
  readonly kind: 'and' | 'or' | 'set';
  readonly parts: readonly Range[];
  readonly start: number;
  readonly end: number;
}

export interface Constant {
  readonly kind: 'any' | 'none';
  readonly start: number;
  readonly end: number;
}

/** A version range as Cabal 3.4 reads it, with the place of every part. */
export type Range = Bound | Compound | Constant;

interface Cursor extends TextCursor {
  /** Parentheses around the cursor. */
  depth: number;
}

/** More than people write, and less than what the stack of a process holds. */
const deepest = 200;

const spaces = /\s*/y;
const operator = /\^>=|==|>=|<=|>|</y;
const version = /(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8}))*(\.\*)?(?![\w.*-])/y;

const bound = String.raw`(?:\^>=|[<>=]=|[<>])\s*(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8}))*`;
const plainRange = new RegExp(String.raw`^${bound}(?:\s*(?:&&|\|\|)\s*${bound})*$`);

/** Does Cabal read it? Nearly all ranges are plain chains, for which no tree is built. */
export function isRange(text: string): boolean {
  return plainRange.test(text) || parseRange(text) !== undefined;
}

/** Undefined for what Cabal does not read. */
export function parseRange(text: string): Range | undefined {
  const cursor = { text, at: 0, depth: 0 };
  const range = readChain(cursor, 'or');
  take(cursor, spaces);
  return cursor.at === text.length ? range : undefined;
}

/** `&&` binds tighter than `||`. */
function readChain(cursor: Cursor, kind: 'or' | 'and'): Range | undefined {
  const parts: Range[] = [];
  do {
    const part = kind === 'or' ? readChain(cursor, 'and') : readFactor(cursor);
    if (!part) return undefined;
    parts.push(part);
  } while (skip(cursor, kind === 'or' ? '||' : '&&'));
  const first = parts[0];
  const last = parts.at(-1);
  if (!first || !last || parts.length === 1) return first;
  return { kind, parts, start: first.start, end: last.end };
}

function readFactor(cursor: Cursor): Range | undefined {
  take(cursor, spaces);
  const start = cursor.at;
  if (skip(cursor, '-any')) return { kind: 'any', start, end: cursor.at };
  if (skip(cursor, '-none')) return { kind: 'none', start, end: cursor.at };
  if (skip(cursor, '(')) {
    cursor.depth += 1;
    const inner = cursor.depth > deepest ? undefined : readChain(cursor, 'or');
    cursor.depth -= 1;
    // The parentheses belong to the part, so that a copy of it keeps its meaning.
    return inner && skip(cursor, ')') ? wrapped(inner, start, cursor.at) : undefined;
  }
  const found = take(cursor, operator) as Bound['operator'] | '';
  if (found === '') return undefined;
  if ((found === '^>=' || found === '==') && skip(cursor, '{'))
    return readSet(cursor, found, start);
  return readVersion(cursor, found, start);
}

function wrapped(inner: Range, start: number, end: number): Range {
  return { kind: 'and', parts: [inner], start, end };
}

function readSet(cursor: Cursor, found: '^>=' | '==', start: number): Range | undefined {
  const parts: Bound[] = [];
  do {
    const part = readVersion(cursor, found, undefined);
    if (!part || part.wildcard) return undefined;
    parts.push(part);
  } while (skip(cursor, ','));
  return skip(cursor, '}') ? { kind: 'set', parts, start, end: cursor.at } : undefined;
}

function readVersion(
  cursor: Cursor,
  found: Bound['operator'],
  operatorAt: number | undefined,
): Bound | undefined {
  take(cursor, spaces);
  const versionStart = cursor.at;
  const start = operatorAt ?? versionStart;
  const text = take(cursor, version);
  const wildcard = text.endsWith('.*');
  if (text === '' || (wildcard && found !== '==')) return undefined;
  const numbers = text
    .split('.')
    .slice(0, wildcard ? -1 : undefined)
    .map(Number);
  const end = cursor.at;
  return { kind: 'bound', operator: found, version: numbers, wildcard, start, versionStart, end };
}

function skip(cursor: Cursor, expected: string): boolean {
  const before = cursor.at;
  take(cursor, spaces);
  if (cursor.text.startsWith(expected, cursor.at)) {
    cursor.at += expected.length;
    return true;
  }
  cursor.at = before;
  return false;
}
