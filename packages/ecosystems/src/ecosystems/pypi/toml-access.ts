import type { TomlPath, TomlTable } from '../../text';

/** The value at a path of keys and indices; undefined where there is none. */
export function valueAt(document: TomlTable, path: TomlPath): unknown {
  let value: unknown = document;
  for (const key of path) value = isContainer(value) ? value[key] : undefined;
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

/** All paths that a pattern means where `*` stands for every key of a table. */
export function expandPath(document: TomlTable, pattern: readonly string[]): TomlPath[] {
  return pattern.reduce<TomlPath[]>(
    (paths, key) =>
      key === '*'
        ? paths.flatMap((path) =>
            Object.keys(tableAt(document, path) ?? {}).map((name) => [...path, name]),
          )
        : paths.map((path) => [...path, key]),
    [[]],
  );
}

function isContainer(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}
