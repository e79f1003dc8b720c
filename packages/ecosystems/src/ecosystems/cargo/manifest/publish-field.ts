import type { Place } from '../../../errors';
import type { Reader, Source } from '../../../model';
import { locatedSpan, parseToml, tomlSpans, type TomlTable } from '../../../text';
import { packageKey, valueAt } from './tables';
import { findWorkspace, type WorkspaceRoot } from './workspace';

/** What `publish` of a crate says, and whether it says so in the root of its workspace. */
export function publishField(
  table: TomlTable,
  root: WorkspaceRoot | undefined,
): { readonly value: unknown; readonly isInherited: boolean } {
  const written = valueAt(table, packageKey(table), 'publish');
  const isInherited = valueAt(written, 'workspace') === true;
  return {
    value: isInherited ? valueAt(root?.workspace, 'package', 'publish') : written,
    isInherited,
  };
}

/** The registries that a crate may go to, with the place that names them; undefined when any will do. */
export interface NamedRegistries {
  readonly names: readonly string[];
  readonly place: { readonly where: Place; readonly frame?: string };
}

export function namedRegistries(file: string, reader: Reader): NamedRegistries | undefined {
  const source = reader.read(file);
  const parsed = source && parseToml(source);
  if (!source || !parsed?.ok) return undefined;
  const root = findWorkspace(source, parsed.value, reader);
  const { value, isInherited } = publishField(parsed.value, root);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const place =
    isInherited && root
      ? placeOf(root.source, ['workspace', 'package', 'publish'])
      : placeOf(source, [packageKey(parsed.value), 'publish']);
  return { names: value.map(String), place };
}

function placeOf(source: Source, path: readonly string[]): NamedRegistries['place'] {
  return locatedSpan(source, tomlSpans(source).find(path));
}
