/** `demo-1.2` is the package `demo`: no part of a name consists of digits alone. */
export function splitId(id: string): { readonly name: string; readonly version: string } {
  const hyphen = id.lastIndexOf('-');
  return { name: id.slice(0, Math.max(0, hyphen)), version: id.slice(hyphen + 1) };
}

/** `demo` and `demo-1.2` are both ways to say which package is meant. */
export function nameIn(id: string): string {
  return id.replace(/-[\d.]+$/, '');
}
