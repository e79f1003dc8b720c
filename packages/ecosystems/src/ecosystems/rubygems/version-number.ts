type Segment = number | string;

/** `Gem::Version::VERSION_PATTERN` of RubyGems 3.3, anchored, without its leave for surrounding blanks and the empty string. */
const pattern = /^[0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

/** True for what `Gem::Version.new` takes. */
export function isVersion(text: string): boolean {
  return pattern.test(text);
}

/** Letters anywhere make a prerelease; a dash stands for `.pre.` and so does too. */
export function isPrerelease(version: string): boolean {
  return /[a-zA-Z-]/.test(version);
}

/** Numbers and words in order; `1.0.rc1` is 1, 0, rc, 1, exactly like `1.0.rc.1`. */
export function segments(version: string): Segment[] {
  const found = version.replaceAll('-', '.pre.').match(/[0-9]+|[a-zA-Z]+/g) ?? [];
  return found.map((each) => (/^[0-9]/.test(each) ? Number(each) : each));
}

/** The leading numbers: the release that a prerelease is for. */
export function release(version: string): number[] {
  const all = segments(version);
  const end = all.findIndex((segment) => typeof segment === 'string');
  return all.slice(0, end < 0 ? all.length : end) as number[];
}

/** What stands after the release: `rc1`, `pre.rc.1`; empty for a release. A number joins the word before it. */
export function prereleaseWord(version: string): string {
  const rest = segments(version).slice(release(version).length);
  return rest.reduce<string>((text, each, at) => {
    const joins = at === 0 || (typeof each === 'number' && typeof rest[at - 1] === 'string');
    return joins ? `${text}${each}` : `${text}.${each}`;
  }, '');
}

/** A version from the numbers of a release and the word of a prerelease, which may be empty. */
export function spell(numbers: readonly number[], word: string): string {
  return [...numbers, word].filter((part) => part !== '').join('.');
}

/** `Gem::Version#<=>`: trailing zeros do not count, a word is less than any number, words compare by code unit. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [canonicalSegments(a), canonicalSegments(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareSegments(left[index] ?? 0, right[index] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function compareSegments(a: Segment, b: Segment): number {
  if (a === b) return 0;
  if (typeof a === typeof b) return a < b ? -1 : 1;
  return typeof a === 'string' ? -1 : 1;
}

/** Zeros are dropped at the end of the release and at the end of all: `1.0.0.rc.0` is `1.rc`. */
function canonicalSegments(version: string): Segment[] {
  const numbers = release(version);
  return [
    ...withoutTrailingZeros(numbers),
    ...withoutTrailingZeros(segments(version).slice(numbers.length)),
  ];
}

function withoutTrailingZeros(list: readonly Segment[]): Segment[] {
  const end = list.findLastIndex((segment) => segment !== 0);
  return list.slice(0, end + 1);
}
