import type { Ecosystem } from '@forge/ecosystems';
import { isHeld, type Queryable } from '../store';

/** Whether a name is ours: nobody else is ever asked for it. */
export type Claims = (name: string) => Promise<boolean>;

/**
 * Ours are names under which anything was ever published here, even if all of it was taken back, and those that are
 * claimed before. A claim that ends with `*` is of all names that begin so. Compared as the ecosystem compares them, so
 * that no other spelling slips through.
 */
export function openClaims(
  db: Queryable,
  { id, normalizeName }: Ecosystem,
  claimed: readonly string[],
): Claims {
  const isPrefix = (claim: string) => claim.endsWith('*');
  const names = new Set(claimed.filter((claim) => !isPrefix(claim)).map(normalizeName));
  const prefixes = claimed.filter(isPrefix).map((claim) => normalizeName(claim.slice(0, -1)));
  return async (name) => {
    const normalized = normalizeName(name);
    if (names.has(normalized) || prefixes.some((prefix) => normalized.startsWith(prefix)))
      return true;
    return isHeld(db, id, normalized);
  };
}
