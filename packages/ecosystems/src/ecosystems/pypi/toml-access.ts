import type { TomlPath, TomlTable } from '../../text';

/** The value at a path of keys and indices; undefined where there is none. */
export function valueAt(document: TomlTable, path: TomlPath): unknown {
  let value: unknown = document;
  for (const key of path) {
    if (!isContainer(value)) return undefined;
    value = value[key];
  }
  return value;
}

export function stringAt(document: TomlTable, path: TomlPath): string | undefined {
  const value = valueAt(document, path);
  return typeof value === 'string' ? value : undefined;
}

export function tableAt(document: TomlTable, path: TomlPath): TomlTable | undefined {
  const value = valueAt(document, path);
  return isTable(value) ? value : undefined;
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of an array with their paths; of a single value, that value: many settings take either. */
export function itemsAt(document: TomlTable, path: TomlPath): (readonly [TomlPath, unknown])[] {
  const value = valueAt(document, path);
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [[path, value]];
  return value.map((item, index) => [[...path, index], item] as const);
}

/** The paths of a pattern where `*` is any key of a table, as far as they stand in the document. */
export function expandPath(
  document: TomlTable,
  pattern: readonly string[],
  prefix: TomlPath = [],
): TomlPath[] {
  const star = pattern.indexOf('*');
  const path = [...prefix, ...(star < 0 ? pattern : pattern.slice(0, star))];
  const found = valueAt(document, path);
  if (star < 0) return found === undefined ? [] : [path];
  const names = isTable(found) ? Object.keys(found) : [];
  return names.flatMap((name) => expandPath(document, pattern.slice(star + 1), [...path, name]));
}

function isContainer(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}
