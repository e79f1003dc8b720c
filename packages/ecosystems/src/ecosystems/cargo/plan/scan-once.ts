import type { Reader, Source } from '../../../model';

/** Each file is scanned at most once per session: a thousand members may share one root and one lock file. */
export function scanOnce<T>(
  reader: Reader,
  what: string,
  scan: (source: Source) => T,
): (source: Source) => T {
  const scanned = reader.memo(`cargo:${what}`, () => new WeakMap<Source, T>());
  return (source) => {
    const known = scanned.get(source);
    if (known !== undefined) return known;
    const found = scan(source);
    scanned.set(source, found);
    return found;
  };
}
