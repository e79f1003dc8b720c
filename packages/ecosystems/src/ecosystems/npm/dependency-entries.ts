import type { DependencyKind } from '../../model';
import type { JsonPath } from '../../text';
import { dependencyTables, isObject, type JsonObject } from './package-json';

/** One text of a package.json that names a package and says which versions of it are wanted. */
export interface DependencyEntry {
  readonly section: string;
  readonly kind: DependencyKind;
  /** The name under which it is found in `node_modules`. */
  readonly key: string;
  readonly raw: string;
  readonly path: JsonPath;
}

export interface Unusable {
  readonly path: JsonPath;
  readonly what: string;
}

/** All entries of the four tables, in their order, and what stands in these tables and is none. */
export function dependencyEntries(json: JsonObject): {
  readonly entries: readonly DependencyEntry[];
  readonly unusable: readonly Unusable[];
} {
  const entries: DependencyEntry[] = [];
  const unusable: Unusable[] = [];
  for (const { key: section, kind } of dependencyTables) {
    const table = json[section] ?? {};
    if (!isObject(table)) {
      unusable.push({ path: [section], what: `\`${section}\` is not an object` });
      continue;
    }
    for (const [key, raw] of Object.entries(table)) {
      const path = [section, key];
      if (typeof raw === 'string') entries.push({ section, kind, key, raw, path });
      else unusable.push({ path, what: `\`${section}.${key}\` is not a text` });
    }
  }
  return { entries, unusable };
}
