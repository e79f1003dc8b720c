import type { Dependency, DependencyKind } from '../../model';
import type { TomlPath, TomlTable } from '../../text';
import { isTable, resolvePath, valueAt, type WorkspaceRoot } from './workspace';

const kinds: Readonly<Record<string, DependencyKind>> = {
  dependencies: 'runtime',
  'build-dependencies': 'build',
  build_dependencies: 'build',
  'dev-dependencies': 'dev',
  dev_dependencies: 'dev',
};

/** One entry of a dependency table, before anything is made of it. */
export interface DependencyEntry {
  /** Path of the entry in the manifest: `['dependencies', 'core']`. */
  readonly path: TomlPath;
  readonly section: string;
  readonly key: string;
  readonly kind: DependencyKind;
  /** A requirement or a table. */
  readonly spec: string | TomlTable;
  /** The root's entry for `workspace = true`; null when it is not there. */
  readonly inherited?: { readonly root: WorkspaceRoot; readonly spec: string | TomlTable } | null;
}

/** All entries of `[dependencies]`, `[dev-…]`, `[build-…]` and of `[target.….…]`. */
export function dependencyEntries(
  table: TomlTable,
  root: WorkspaceRoot | undefined,
): DependencyEntry[] {
  const targets = isTable(table['target']) ? Object.entries(table['target']) : [];
  return [
    ...entriesOf(table, [], '', root),
    ...targets.flatMap(([target, tables]) =>
      isTable(tables)
        ? entriesOf(tables, ['target', target], `target.${quoted(target)}.`, root)
        : [],
    ),
  ];
}

function entriesOf(
  tables: TomlTable,
  path: TomlPath,
  section: string,
  root: WorkspaceRoot | undefined,
): DependencyEntry[] {
  return Object.entries(kinds).flatMap(([name, kind]) => {
    const table = tables[name];
    if (!isTable(table)) return [];
    return Object.entries(table).flatMap(([key, spec]) => {
      if (typeof spec !== 'string' && !isTable(spec)) return [];
      const entry = { path: [...path, name, key], section: `${section}${name}`, key, kind, spec };
      return [isInherited(spec) ? { ...entry, inherited: inheritedFrom(root, key) } : entry];
    });
  });
}

function isInherited(spec: string | TomlTable): boolean {
  return isTable(spec) && spec['workspace'] === true;
}

function inheritedFrom(
  root: WorkspaceRoot | undefined,
  key: string,
): NonNullable<DependencyEntry['inherited']> | null {
  const spec = valueAt(root?.workspace, 'dependencies', key);
  return root && (typeof spec === 'string' || isTable(spec)) ? { root, spec } : null;
}

/** The entry or what it inherits: where requirement, path and name stand. */
export function definitionOf({ spec, inherited }: DependencyEntry): string | TomlTable {
  return inherited?.spec ?? spec;
}

/** A field of an entry, where it is a string. A bare requirement is its `version`. */
export function fieldOf(spec: string | TomlTable, field: string): string | undefined {
  const value = typeof spec === 'string' ? (field === 'version' ? spec : undefined) : spec[field];
  return typeof value === 'string' ? value : undefined;
}

/** The name that the registry knows; a member that inherits may not rename. */
export function registryName(entry: DependencyEntry): string {
  return fieldOf(definitionOf(entry), 'package') ?? entry.key;
}

/** Workspace-relative directory of a path dependency; an inherited path starts at the root that wrote it. */
export function localPath(entry: DependencyEntry, directory: string): string | undefined {
  const path = fieldOf(definitionOf(entry), 'path');
  if (path === undefined) return undefined;
  return resolvePath(entry.inherited?.root.directory ?? directory, path);
}

export function dependencyOf(entry: DependencyEntry, directory: string): Dependency {
  const name = registryName(entry);
  const path = localPath(entry, directory);
  const isOptional = entry.kind === 'runtime' && valueAt(entry.spec, 'optional') === true;
  return {
    name,
    ...(name !== entry.key && { alias: entry.key }),
    kind: isOptional ? 'optional' : entry.kind,
    section: entry.section,
    requirement: fieldOf(definitionOf(entry), 'version') ?? null,
    ...(path !== undefined && { path }),
  };
}

function quoted(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : `'${key}'`;
}
