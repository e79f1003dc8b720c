import type { DependencyKind } from '../../model';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The four tables that npm resolves; `overrides`, `resolutions` and bundles only choose among what these bring. */
export const dependencyTables: readonly { readonly key: string; readonly kind: DependencyKind }[] =
  [
    { key: 'dependencies', kind: 'runtime' },
    { key: 'optionalDependencies', kind: 'optional' },
    { key: 'peerDependencies', kind: 'peer' },
    { key: 'devDependencies', kind: 'dev' },
  ];
