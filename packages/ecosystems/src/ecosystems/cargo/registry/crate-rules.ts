/** Limits of crates.io (src/config and src/controllers/krate/publish.rs). */
export const limits = {
  crateBytes: 10 * 1024 ** 2,
  jsonBytes: 1024 ** 2,
  nameLength: 64,
  versionLength: 150,
} as const;

export function isCrateName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) && name.length <= limits.nameLength;
}

/** What a dependency is called in a manifest that gives it a name of its own. */
export function isAlias(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
}
