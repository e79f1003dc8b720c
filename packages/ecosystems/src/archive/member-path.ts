/** Without `./` and doubled slashes, so that two spellings of one place are one. */
export function plainPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/**
 * Whether a name is none for a member of a package: empty, absolute, with `..` anywhere, which no tool writes, or with
 * what is no text. Windows takes a backslash for a slash.
 */
export function isUnsafeName(name: string): boolean {
  return name === '' || leadsOut(name) || name.split(/[\\/]/).includes('..');
}

/**
 * Whether a path, seen from `base`, leads out of the directory that it is unpacked into, on any system: Windows takes
 * a backslash for a slash. Also true where no system could make a file of it.
 */
export function leadsOut(path: string, base = ''): boolean {
  if (/^(?:[\\/]|[A-Za-z]:[\\/])/.test(path) || /[\0\ufffd]/.test(path)) return true;
  let depth = plainPath(base) === '' ? 0 : plainPath(base).split('/').length;
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
