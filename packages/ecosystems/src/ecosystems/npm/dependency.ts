import { posix } from 'node:path';
import type { Dependency, DependencyKind } from '../../model';
import type { Catalogs } from './catalog';
import { parseSpecifier } from './specifier';

export interface RawDependency {
  readonly section: string;
  readonly kind: DependencyKind;
  readonly key: string;
  readonly raw: string;
}

/** One entry of a dependency table. `catalogs` is asked only for `catalog:`. */
export function readDependency(
  file: string,
  entry: RawDependency,
  catalogs: () => Catalogs | undefined,
): Dependency {
  const { section, kind, key, raw } = entry;
  const specifier = parseSpecifier(raw);
  const base = { name: key, kind, section, requirement: raw };
  switch (specifier.kind) {
    case 'catalog': {
      const range = catalogs()?.find(specifier.catalog, key)?.value;
      if (range === undefined || parseSpecifier(range).kind === 'catalog')
        return { ...base, fixed: `\`${raw}\` names no entry of pnpm-workspace.yaml` };
      return readDependency(file, { ...entry, raw: range }, catalogs);
    }
    case 'path':
      return {
        ...base,
        requirement: null,
        path: resolvePath(file, specifier.path),
        ...(specifier.workspace ? { internal: true } : {}),
      };
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
