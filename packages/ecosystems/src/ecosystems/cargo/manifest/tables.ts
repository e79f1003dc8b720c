import { posix } from 'node:path';
import type { TomlTable } from '../../../text';

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys, if all tables on the way are there. */
export function valueAt(table: unknown, ...keys: readonly string[]): unknown {
  let value = table;
  for (const key of keys) value = isTable(value) ? value[key] : undefined;
  return value;
}

/** cargo 1.95 still reads `[project]`, the old name of `[package]`, in every edition before 2024. */
export function packageKey(table: TomlTable): 'package' | 'project' {
  return table['package'] === undefined && isTable(table['project']) ? 'project' : 'package';
}

const neighbour = /^\.\.\/[\w-]+$/;

/** `path` as written in a manifest of `directory`, relative to the workspace of Nx. */
export function resolvePath(directory: string, path: string): string {
  // Most paths lead to a neighbour, and every manifest is asked for them several times.
  const parent = directory.lastIndexOf('/');
  if (parent > 0 && neighbour.test(path)) return directory.slice(0, parent) + path.slice(2);
  const joined = posix.join(directory, path.replaceAll('\\', '/'));
  return joined === '/' ? joined : joined.replace(/\/$/, '');
}
