import { compareComponents, parseVersion, type Components } from './pvp';

/**
 * A version as releases see it. Hackage has no prereleases but package candidates: uploads of `1.3.0` before
 * it is published. The native spelling of one is `1.3.0-rc.1`; in a `.cabal` file it is the version `1.3.0` and
 * the field `x-release-candidate: rc.1`.
 */
export interface NativeVersion {
  /** What the `.cabal` file, the archive and every range know: `1.3.0`. */
  readonly released: string;
  readonly components: Components;
  /** `rc.1`: identifiers as SemVer has them behind the hyphen. */
  readonly candidate: string | undefined;
}

const identifiers = /^(?:0|[1-9]\d*|\d*[a-z-][a-z\d-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][a-z\d-]*))*$/i;

/** Undefined for what is no version. */
export function parseNative(native: string): NativeVersion | undefined {
  const hyphen = native.indexOf('-');
  const released = hyphen < 0 ? native : native.slice(0, hyphen);
  const candidate = hyphen < 0 ? undefined : native.slice(hyphen + 1);
  const components = parseVersion(released);
  if (!components || (candidate !== undefined && !isCandidate(candidate))) return undefined;
  return { released, components, candidate };
}

export function isCandidate(text: string): boolean {
  return identifiers.test(text);
}

/** `1.3.0` and `rc.1` → `1.3.0-rc.1`. */
export function spellNative(released: string, candidate: string | undefined): string {
  return candidate === undefined ? released : `${released}-${candidate}`;
}

/** Candidates come before the version that they become, among themselves in the order of SemVer. */
export function compareNative(a: NativeVersion, b: NativeVersion): number {
  const order = compareComponents(a.components, b.components);
  if (order !== 0 || a.candidate === b.candidate) return order;
  if (a.candidate === undefined) return 1;
  return b.candidate === undefined ? -1 : compareCandidates(a.candidate, b.candidate);
}

/** SemVer 2.0.0, item 11.4: identifier by identifier; the longer one wins if all before are equal. */
function compareCandidates(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (one !== other) return compareIdentifiers(one, other);
  }
  return left.length < right.length ? -1 : 0;
}

/** Numbers by value and before words; words by their characters. */
function compareIdentifiers(a: string, b: string): number {
  const [aNumber, bNumber] = [a, b].map((each) => /^\d+$/.test(each));
  if (aNumber !== bNumber) return aNumber ? -1 : 1;
  // Without leading zeros, the longer number is the greater one.
  if (aNumber && a.length !== b.length) return Math.sign(a.length - b.length);
  return a < b ? -1 : 1;
}
