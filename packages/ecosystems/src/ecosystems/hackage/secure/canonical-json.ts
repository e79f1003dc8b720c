/** What the documents of a secure repository are made of. */
export type Signable =
  null | number | string | readonly Signable[] | { readonly [key: string]: Signable };

/**
 * The one spelling of a document that is signed (hackage-security 0.6, `Text.JSON.Canonical`): keys in order, no blanks,
 * and nothing escaped but quotation marks and backslashes.
 */
export function canonical(value: Signable): string {
  if (value === null || typeof value === 'number') return String(value);
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inside]) => `${canonical(key)}:${canonical(inside)}`);
  return `{${members.join(',')}}`;
}

function isList(value: object): value is readonly Signable[] {
  return Array.isArray(value);
}
