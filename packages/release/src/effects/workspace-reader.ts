import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSource, type Reader, type Source } from '@forge/ecosystems';

/** A reader of one directory that remembers what it saw. */
export interface FileReader extends Reader {
  /** True while every file and directory that was looked at still has the content that was seen. */
  isFresh(): boolean;
}

/**
 * Reads the workspace at `root` (absolute), each file and directory once. Bytes that are not valid UTF-8 are
 * decoded as latin1, and whoever needs UTF-8 looks at `encoding`. UTF-16, binary and missing files are
 * `undefined`.
 */
export function createFileReader(root: string): FileReader {
  const files = new Map<string, Source | undefined>();
  const directories = new Map<string, readonly string[]>();
  const memos = new Map<string, unknown>();
  return {
    read(file) {
      if (!files.has(file)) files.set(file, decode(file, readBytes(root, file)));
      return files.get(file);
    },
    list(directory) {
      const known = directories.get(directory);
      if (known) return known;
      const names = listFiles(root, directory);
      directories.set(directory, names);
      return names;
    },
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
    isFresh: () =>
      [...files].every(([file, source]) => isSame(source, readBytes(root, file))) &&
      [...directories].every(
        ([each, names]) => names.join('/') === listFiles(root, each).join('/'),
      ),
  };
}

function decode(file: string, bytes: Buffer | undefined): Source | undefined {
  if (!bytes) return undefined;
  const source = decodeSource(file, bytes, { toleratesLatin1: true });
  return source.ok ? source.value : undefined;
}

/** What could not be decoded counts as unchanged only while it is missing. */
function isSame(source: Source | undefined, bytes: Buffer | undefined): boolean {
  return source && bytes ? bytes.equals(source.bytes) : !source && !bytes;
}

function readBytes(root: string, file: string): Buffer | undefined {
  try {
    return readFileSync(join(root, file));
  } catch {
    // Missing, a directory, a dangling link or not permitted: for a reader of manifests all the same.
    return undefined;
  }
}

function listFiles(root: string, directory: string): readonly string[] {
  try {
    const entries = readdirSync(join(root, directory), { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    // As for files: what cannot be listed holds nothing for us.
    return [];
  }
}
