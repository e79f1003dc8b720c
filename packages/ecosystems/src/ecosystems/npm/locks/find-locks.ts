import { posix } from 'node:path';
import type { Reader } from '../../../model';
import type { Lock, LockFormat } from './lock';

/** A lock file, and the directory of a package relative to its own. */
export interface PlacedLock {
  readonly lock: Lock;
  readonly directory: string;
}

/** Loaded with the first lock file of its kind. */
const formats: readonly (Pick<LockFormat, 'files'> & { readonly load: () => LockFormat })[] = [
  {
    files: ['package-lock.json', 'npm-shrinkwrap.json'],
    load: () => (require('./package-lock') as typeof import('./package-lock')).packageLock,
  },
  {
    files: ['pnpm-lock.yaml'],
    load: () => (require('./pnpm-lock') as typeof import('./pnpm-lock')).pnpmLock,
  },
  {
    files: ['yarn.lock'],
    load: () => (require('./yarn-lock') as typeof import('./yarn-lock')).yarnLock,
  },
  {
    files: ['bun.lock'],
    load: () => (require('./bun-lock') as typeof import('./bun-lock')).bunLock,
  },
];

/** The lock files beside a package and above it: those of its workspace. */
export function locksAbove(directory: string, reader: Reader): readonly PlacedLock[] {
  return directoriesUp(directory).flatMap((above) =>
    locksIn(above, reader).map((lock) => ({
      lock,
      directory: posix.relative(above, directory),
    })),
  );
}

/** All others that hold the package, whoever led there: those of examples and of other workspaces. */
export function locksBeyond(directory: string, reader: Reader): readonly PlacedLock[] {
  const above = new Set(directoriesUp(directory));
  const found = locksByPackage(reader).get(directory) ?? [];
  return found
    .filter(({ at }) => !above.has(at))
    .map(({ at, lock }) => ({ lock, directory: posix.relative(at, directory) }));
}

function locksByPackage(
  reader: Reader,
): ReadonlyMap<string, readonly { readonly at: string; readonly lock: Lock }[]> {
  return reader.memo('npm:locks-by-package', () => {
    const names = formats.flatMap(({ files }) => files);
    const found = names.flatMap((name) => reader.find?.(name) ?? []);
    const byPackage = new Map<string, { at: string; lock: Lock }[]>();
    for (const at of new Set(found.map((file) => posix.dirname(file))))
      for (const lock of locksIn(at, reader))
        for (const directory of lock.directories) {
          const path = posix.join(at, directory);
          byPackage.set(path, [...(byPackage.get(path) ?? []), { at, lock }]);
        }
    return byPackage;
  });
}

function directoriesUp(directory: string): string[] {
  const above = posix.dirname(directory);
  return above === directory ? [directory] : [directory, ...directoriesUp(above)];
}

function locksIn(directory: string, reader: Reader): readonly Lock[] {
  return reader.memo(`npm:locks:${directory}`, () => {
    const present = new Set(reader.list(directory));
    return formats.flatMap(({ files, load }) =>
      files.flatMap((name) => {
        const source = present.has(name) ? reader.read(posix.join(directory, name)) : undefined;
        return source ? [load().open(source)] : [];
      }),
    );
  });
}
