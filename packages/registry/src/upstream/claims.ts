import type { Ecosystem } from '@forge/ecosystems';
import { heldNames, isAnyHeld, type Queryable } from '../store';

/** Whose names are: for those that are ours nobody else is ever asked. */
export interface Claims {
  /** Whether one of these is ours. */
  isAnyOurs(names: readonly string[]): Promise<boolean>;
  /** The same of many names, as it is now. */
  all(): Promise<(name: string) => boolean>;
}

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
  const isClaimed = (normalized: string) =>
    names.has(normalized) || prefixes.some((prefix) => normalized.startsWith(prefix));
  return {
    async isAnyOurs(names) {
      const normalized = names.map(normalizeName);
      return normalized.some(isClaimed) || isAnyHeld(db, id, normalized);
    },
    async all() {
      const held = await heldNames(db, id);
      return (name) => {
        const normalized = normalizeName(name);
        return isClaimed(normalized) || held.has(normalized);
      };
    },
  };
}
