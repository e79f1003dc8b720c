import type { Tree } from '@nx/devkit';
import { decodeSource, type Reader, type Source } from '@forge/ecosystems';
import { fileFinder } from '../graph/file-finder';

/** Shows every file as it was when it was first looked at, whatever is written to the tree later; finds `listed` files. */
export function treeReader(tree: Tree, listed: readonly string[]): Reader {
  const sources = new Map<string, Source | undefined>();
  const memos = new Map<string, unknown>();
  return {
    read(file) {
      if (!sources.has(file)) sources.set(file, readFromTree(tree, file));
      return sources.get(file);
    },
    list: (directory) =>
      tree
        .children(directory)
        .filter((name) => tree.isFile(directory === '.' ? name : `${directory}/${name}`))
        .sort(),
    find: fileFinder(listed),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

function readFromTree(tree: Tree, file: string): Source | undefined {
  const bytes = tree.read(file);
  if (!bytes) return undefined;
  const source = decodeSource(file, bytes, { toleratesLatin1: true });
  return source.ok ? source.value : undefined;
}
