import type { LackingField, Reader, Source } from '../../../model';
import { locatedSpan, parseToml, tomlSpans } from '../../../text';
import { packageKey, valueAt } from './tables';
import { findWorkspace } from './workspace';

/** Fields of which one has to be there (crates.io: `missing or empty metadata fields: description, license`). */
const demanded = [
  { fields: ['description'], fix: 'add `description`: a sentence on what the crate is for' },
  {
    fields: ['license', 'license-file'],
    fix: 'add `license`, an SPDX expression like `MIT OR Apache-2.0`, or `license-file`',
  },
];

/** What crates.io refuses this crate for: cargo 1.95 only warns of it, and uploads. */
export function lackingFields(source: Source, reader: Reader): readonly LackingField[] {
  const parsed = parseToml(source);
  if (!parsed.ok) return [];
  const table = parsed.value;
  const own = packageKey(table);
  const root = findWorkspace(source, table, reader);
  const isSaid = (field: string): boolean => {
    const written = valueAt(table, own, field);
    const isInherited = valueAt(written, 'workspace') === true;
    // A root that cannot be read is reported where it is read.
    if (isInherited && !root) return true;
    const value = isInherited ? valueAt(root?.workspace, 'package', field) : written;
    return typeof value === 'string' && value.trim() !== '';
  };
  const place = locatedSpan(source, tomlSpans(source).find([own, 'name']));
  return demanded
    .filter(({ fields }) => !fields.some(isSaid))
    .map(({ fields, fix }) => ({ field: fields.join('` or `'), fix, ...place }));
}
