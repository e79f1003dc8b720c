/** At most 14 digits: Elixir refuses longer ones since June 2026 (lib/elixir/lib/version.ex); 1.14 has no limit. */
const number = '(?:0|[1-9]\\d{0,13})';
const identifier = `(?:${number}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
const pattern = new RegExp(
  `^(${number})\\.(${number})(?:\\.(${number}))?(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

/** A version taken apart. Build metadata means nothing to order, and is left out. */
export interface VersionParts {
  readonly major: number;
  readonly minor: number;
  /** Undefined in the two parts that a requirement may name: `~> 1.2`. */
  readonly patch: number | undefined;
  readonly pre: readonly string[];
}

/** What Elixir's `Version.parse/1` takes: SemVer 2, three parts, no `v`. Kept apart, so that reading needs no library. */
export function isVersion(text: string): boolean {
  return versionParts(text)?.patch !== undefined;
}

/** A version, or two parts of one; undefined for all else. */
export function versionParts(text: string): VersionParts | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [, major, minor, patch, pre] = found;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: patch === undefined ? undefined : Number(patch),
    pre: pre?.split('.') ?? [],
  };
}

/** Sign of a - b; a patch that is not there is 0. */
export function compareParts(a: VersionParts, b: VersionParts): number {
  const numbers = a.major - b.major || a.minor - b.minor || (a.patch ?? 0) - (b.patch ?? 0);
  return Math.sign(numbers) || comparePre(a.pre, b.pre);
}

/** SemVer 2, point 11: what has none is higher, and of two that begin alike the longer one. */
function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Math.sign(b.length - a.length);
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const sign = compareIdentifiers(left, right);
    if (sign !== 0) return sign;
  }
  return a.length - b.length < 0 ? -1 : 0;
}

/** Numbers by value and below all names, names by their characters. */
function compareIdentifiers(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left && right) return Math.sign(Number(a) - Number(b));
  if (left !== right) return left ? -1 : 1;
  return a < b ? -1 : 1;
}
