import { posix } from 'node:path';
import type { Dependency } from '../../model';
import type { CatalogEntry, Catalogs } from './catalogs';
import type { DependencyEntry } from './dependency-entries';
import { parseSpecifier } from './specifier';

/** What an entry means, and the texts of catalogs that say it in its place. `catalogs` is asked only for `catalog:`. */
export interface ReadEntry {
  readonly dependency: Dependency;
  readonly inCatalogs: readonly CatalogEntry[];
}

export function readEntry(
  file: string,
  entry: DependencyEntry,
  catalogs: () => Catalogs | undefined,
): ReadEntry {
  const { section, kind, key, raw } = entry;
  const specifier = parseSpecifier(raw);
  if (specifier.kind !== 'catalog')
    return { dependency: readDependency(file, entry), inCatalogs: [] };
  const found = catalogs();
  const inCatalogs = found?.find(specifier.catalog, key) ?? [];
  const [first] = inCatalogs;
  if (first === undefined || parseSpecifier(first.value).kind === 'catalog')
    return {
      dependency: { name: key, kind, section, requirement: raw, fixed: whyUnknown(raw, found) },
      inCatalogs: [],
    };
  return { dependency: readDependency(file, { ...entry, raw: first.value }), inCatalogs };
}

function whyUnknown(raw: string, catalogs: Catalogs | undefined): string {
  if (!catalogs) return `\`${raw}\` names a catalog, but no file of the workspace has any`;
  const { broken, files } = catalogs;
  if (broken !== undefined) return `\`${raw}\` stands in \`${broken}\`, which cannot be read`;
  return `\`${raw}\` names no entry of ${files.map((file) => `\`${file}\``).join(', ')}`;
}

function readDependency(file: string, { section, kind, key, raw }: DependencyEntry): Dependency {
  const specifier = parseSpecifier(raw);
  const base = { name: key, kind, section, requirement: raw };
  switch (specifier.kind) {
    case 'path':
      return {
        ...base,
        requirement: null,
        path: resolvePath(file, specifier.path),
        ...(specifier.workspace ? { internal: true } : {}),
      };
    case 'catalog':
      return { ...base, fixed: 'a catalog cannot name another one' };
    case 'other':
      return { ...base, fixed: specifier.why };
    case 'range':
      return {
        ...base,
        ...(specifier.target === undefined ? {} : { name: specifier.target, alias: key }),
        ...(specifier.workspace ? { internal: true } : {}),
      };
  }
}

/** Workspace-relative, `/`, `.` for the root. */
export function resolvePath(file: string, path: string): string {
  return posix.join(posix.dirname(file), path).replace(/(?<=.)\/$/, '');
}
