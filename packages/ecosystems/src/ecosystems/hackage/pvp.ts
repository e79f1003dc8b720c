/** The components of a version: digits and dots only, no leading zeros, nine digits each (Cabal 3.4). */
export type Components = readonly number[];

const grammar = /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8}))*$/;

/** Undefined for what is no version. */
export function parseVersion(native: string): Components | undefined {
  return grammar.test(native) ? native.split('.').map(Number) : undefined;
}

/** Cabal's order: part by part, and `1.2 < 1.2.0`. */
export function compareComponents(a: Components, b: Components): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(a.length - b.length);
}

/** The first version of the next PVP major, which is `A.B`: `1.2.3` → `1.3`, `1` → `1.1`. */
export function nextMajor(version: Components): Components {
  return [version[0] ?? 0, (version[1] ?? 0) + 1];
}

/** The first version that does not start with these components: `1.2` → `1.3`. */
export function nextSibling(version: Components): Components {
  return [...version.slice(0, -1), (version.at(-1) ?? 0) + 1];
}
