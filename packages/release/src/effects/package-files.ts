import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { PackageFiles } from '@forge/ecosystems';
import { readIfPresent } from './files';

/** Files of an export for our own packers; nothing outside `root` is ever shown. */
export function filesBelow(root: string): PackageFiles {
  const inside = (path: string): boolean => path === root || resolve(path).startsWith(root + sep);
  return {
    read: (path) => (inside(path) ? readIfPresent(path) : undefined),
    walk: (directory) => (inside(directory) ? [...walk(directory)].sort(byPath) : []),
  };
}

function* walk(directory: string): Generator<{ path: string; executable: boolean }> {
  if (!lstatSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isFile()) yield { path, executable: (stat.mode & 0o100) !== 0 };
    }
  }
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1;
}
