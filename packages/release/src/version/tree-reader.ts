import type { Tree } from '@nx/devkit';
import { decodeSource, type Reader, type Source } from '@forge/ecosystems';
import { createFileReader } from '../effects/workspace-reader';
import { fileFinder } from '../graph/file-finder';

/**
 * Shows every file and directory as it was when it was first looked at, whatever is written to the tree later; finds
 * `listed` files.
 */
export function treeReader(tree: Tree, listed: readonly string[]): Reader {
  const sources = new Map<string, Source | undefined>();
  // While nothing is written to the tree it shows the disk, with several questions to it for every file.
  const disk = createFileReader(tree.root, listed);
  const isUntouched = (): boolean => tree.listChanges().length === 0;
  const directories = new Map<string, readonly string[]>();
  const memos = new Map<string, unknown>();
  return {
    read(file) {
      if (!sources.has(file))
        sources.set(file, isUntouched() ? disk.read(file) : readFromTree(tree, file));
      return sources.get(file);
    },
    list(directory) {
      const names =
        directories.get(directory) ??
        (isUntouched() ? disk.list(directory) : filesIn(tree, directory));
      directories.set(directory, names);
      return names;
    },
    find: fileFinder(listed),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

/** Nx asks the disk for every name by itself: a directory with a thousand of them is looked at once. */
function filesIn(tree: Tree, directory: string): readonly string[] {
  return tree
    .children(directory)
    .filter((name) => tree.isFile(directory === '.' ? name : `${directory}/${name}`))
    .sort();
}

function readFromTree(tree: Tree, file: string): Source | undefined {
  const bytes = tree.read(file);
  if (!bytes) return undefined;
  const source = decodeSource(file, bytes, { toleratesLatin1: true });
  return source.ok ? source.value : undefined;
}
