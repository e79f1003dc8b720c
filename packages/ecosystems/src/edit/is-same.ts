/** Whether two values of plain data mean the same; a member that is `undefined` is none. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return Array.isArray(a) === Array.isArray(b) && isSameBut(a, b);
}

/** The same of two objects, whatever their member `except` says. */
export function isSameBut(a: object, b: object, except?: string): boolean {
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in one) if (key !== except && !isSame(one[key], other[key])) return false;
  // What only the other one has is found from its side.
  for (const key in other)
    if (key !== except && one[key] === undefined && other[key] !== undefined) return false;
  return true;
}
