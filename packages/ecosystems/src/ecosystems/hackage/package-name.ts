/** Alphanumeric parts with hyphens between, each with a letter, so that `name-1.0` reads in one way only. */
export function isPackageName(name: string): boolean {
  return /^(?=[^-]*[a-z])[a-z0-9]+(-(?=[^-]*[a-z])[a-z0-9]+)*$/i.test(name);
}
