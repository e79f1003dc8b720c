import type { Dependency, DependencyKind } from '../../../model';
import type { TomlPath, TomlTable } from '../../../text';
import { whyForeign } from './foreign-requirement';
import { dotted } from './key-path';
import { isTable, packageKey, resolvePath, valueAt } from './tables';
import type { WorkspaceRoot } from './workspace';

const kinds: readonly (readonly [table: string, kind: DependencyKind])[] = [
  ['dependencies', 'runtime'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
  ['dev-dependencies', 'dev'],
  ['dev_dependencies', 'dev'],
];

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
): readonly DependencyEntry[] {
  const before = known.get(table);
  if (before && before.root === root) return before.entries;
  const entries = collectAll(table, root);
  known.set(table, { root, entries });
  return entries;
}

interface KnownEntries {
  readonly root: WorkspaceRoot | undefined;
  readonly entries: readonly DependencyEntry[];
}

/** Reading and planning go through the same entries. */
const known = new WeakMap<TomlTable, KnownEntries>();

function collectAll(table: TomlTable, root: WorkspaceRoot | undefined): DependencyEntry[] {
  const entries: DependencyEntry[] = [];
  collect({ tables: table, path: [], root }, entries);
  if (!isTable(table['target'])) return entries;
  for (const [target, tables] of Object.entries(table['target']))
    if (isTable(tables)) collect({ tables, path: ['target', target], root }, entries);
  return entries;
}

interface Tables {
  readonly tables: TomlTable;
  readonly path: TomlPath;
  readonly root: WorkspaceRoot | undefined;
}

function collect({ tables, path, root }: Tables, into: DependencyEntry[]): void {
  for (const [name, kind] of kinds) {
    const table = tables[name];
    if (!isTable(table)) continue;
    const section = path.length === 0 ? name : dotted([...path, name]);
    for (const key of Object.keys(table)) {
      const spec = table[key];
      if (typeof spec !== 'string' && !isTable(spec)) continue;
      const entry = { path: [...path, name, key], section, key, kind, spec };
      into.push(isInherited(spec) ? { ...entry, inherited: inheritedFrom(root, key) } : entry);
    }
  }
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

export function dependencyOf(
  entry: DependencyEntry,
  directory: string,
  fixed: string | undefined,
): Dependency {
  const name = registryName(entry);
  const path = localPath(entry, directory);
  const isOptional = entry.kind === 'runtime' && valueAt(entry.spec, 'optional') === true;
  const dependency: { -readonly [Key in keyof Dependency]: Dependency[Key] } = {
    name,
    kind: isOptional ? 'optional' : entry.kind,
    section: entry.section,
    requirement: fieldOf(definitionOf(entry), 'version') ?? null,
  };
  if (name !== entry.key) dependency.alias = entry.key;
  if (path !== undefined) dependency.path = path;
  if (fixed !== undefined) dependency.fixed = fixed;
  return dependency;
}

/** Why the requirement of an entry stays whatever is released; of all entries of one manifest. */
export function fixedRequirements(
  table: TomlTable,
  entries: readonly DependencyEntry[],
): (entry: DependencyEntry) => string | undefined {
  const local = new Set<string>([String(valueAt(table, packageKey(table), 'name'))]);
  for (const entry of entries)
    if (fieldOf(definitionOf(entry), 'path') !== undefined) local.add(registryName(entry));
  return (entry) => {
    const { inherited } = entry;
    const fixed = whyForeign(definitionOf(entry), local.has(registryName(entry)));
    return fixed ?? (inherited ? inherited.root.offers().get(entry.key)?.fixed : undefined);
  };
}
