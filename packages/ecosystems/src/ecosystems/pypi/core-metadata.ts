import { isUtf8 } from 'node:buffer';

/** The header of a METADATA or PKG-INFO file (core metadata specification). */
export interface CoreMetadata {
  readonly name: string;
  readonly version: string;
  first(field: string): string | undefined;
  all(field: string): readonly string[];
}

/** `undefined` for a file without a name or a version, and for one that is no text. */
export function parseCoreMetadata(bytes: Uint8Array): CoreMetadata | undefined {
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  const [header = ''] = text.split(/\r?\n\r?\n/, 1);
  const fields = new Map<string, string[]>();
  // A line that begins with a blank continues the one before.
  for (const line of header.split(/\r?\n(?![ \t])/)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const field = line.slice(0, colon).toLowerCase();
    fields.set(field, [...(fields.get(field) ?? []), line.slice(colon + 1).trim()]);
  }
  const all = (field: string): readonly string[] => fields.get(field.toLowerCase()) ?? [];
  const [name] = all('name');
  const [version] = all('version');
  if (name === undefined || version === undefined) return undefined;
  return { name, version, all, first: (field) => all(field)[0] };
}
