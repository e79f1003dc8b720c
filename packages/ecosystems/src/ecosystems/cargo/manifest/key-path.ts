import type { TomlPath } from '../../../text';

/** A path of keys as a person writes it: `target.'cfg(windows)'.dependencies.core`. */
export function dotted(path: TomlPath): string {
  return path.map((key) => (typeof key === 'string' ? quoted(key) : String(key))).join('.');
}

function quoted(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : `'${key}'`;
}
