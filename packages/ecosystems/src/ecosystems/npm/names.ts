/** The base URL of the protocol on a server that speaks all of them. */
export function registryAt(baseUrl: string): string {
  return `${baseUrl}/npm`;
}

/** `@acme/demo` → `@acme%2fdemo`, one segment of a URL, as npm 11 spells it. */
export function escapeName(name: string): string {
  return name.replace('/', '%2f');
}

/** npm 11 drops build metadata wherever it publishes: `1.2.0+a` is `1.2.0` in the registry and in file names. */
export function publishedVersion(version: string): string {
  return version.replace(/\+.*$/, '');
}

/** As `npm pack` names it: `@acme/demo` 1.0.0 → `acme-demo-1.0.0.tgz`. */
export function packedFilename(name: string, version: string): string {
  return `${name.replace(/^@/, '').replace('/', '-')}-${publishedVersion(version)}.tgz`;
}

/** As the public registry serves it, below `<name>/-/`: `@acme/demo` 1.0.0 → `demo-1.0.0.tgz`. */
export function servedFilename(name: string, version: string): string {
  return `${name.replace(/^@.*\//, '')}-${publishedVersion(version)}.tgz`;
}

const reserved = new Set(['node_modules', 'favicon.ico']);

/**
 * What the registry accepts for a new package (validate-npm-package-name 6), and no hyphen in front: to a tool such a
 * name is an option.
 */
export function isValidName(name: string): boolean {
  const parts = /^(?:@([^/]+)\/)?([^/]+)$/.exec(name)?.slice(1) ?? [];
  const [scope, base] = parts;
  if (base === undefined || name.length > 214 || reserved.has(name)) return false;
  return [scope, base].every((part) => part === undefined || /^[a-z0-9][a-z0-9._-]*$/.test(part));
}
