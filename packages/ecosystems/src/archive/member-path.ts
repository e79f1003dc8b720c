/** Without `./` and doubled slashes, so that two spellings of one place are one. */
export function plainPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** What divides paths: Windows takes a backslash for a slash, others for a part of a name. */
export function separatorsIn(paths: readonly string[]): readonly (string | RegExp)[] {
  return paths.some((path) => path.includes('\\')) ? ['/', /[\\/]/] : ['/'];
}

/** From the top to a place. */
export function stepsOf(path: string, separator: string | RegExp): string[] {
  return path.split(separator).filter((step) => step !== '' && step !== '.');
}

/** Linux takes 4096 bytes with the NUL behind them (`PATH_MAX`), others fewer. */
export function isTooLong(path: string): boolean {
  return path.length >= 4096;
}

/** Without the slashes at the end that say of a name that it is one of a directory. */
export function withoutSlashes(name: string): string {
  let end = name.length;
  while (name[end - 1] === '/') end -= 1;
  return name.slice(0, end);
}

/**
 * Whether a name is none for a member of a package: empty, absolute, with `..` anywhere, which no tool writes, or with
 * what is no text. Windows takes a backslash for a slash.
 */
export function isUnsafeName(name: string): boolean {
  return name === '' || leadsOut(name) || name.split(/[\\/]/).includes('..');
}

/**
 * Whether a path, seen from where `link` stands, leads out of the directory that it is unpacked into, on any system. Also
 * true where no system could make a file of it.
 */
export function leadsOut(path: string, link = ''): boolean {
  if (/^(?:[\\/]|[A-Za-z]:[\\/])/.test(path) || /[\0\ufffd]/.test(path)) return true;
  return separatorsIn([path, link]).some((separator) => {
    let depth = Math.max(0, stepsOf(link, separator).length - 1);
    return stepsOf(path, separator).some((step) => {
      depth += step === '..' ? -1 : 1;
      return depth < 0;
    });
  });
}
