import { posix } from 'node:path';
import type { Reader, Source } from '../model';
import { decodeSource } from '../text';

/** A workspace in memory: path → text or bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export function sourceOf(
  file: string,
  content: string | Uint8Array,
  toleratesLatin1 = false,
): Source {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const decoded = decodeSource(file, bytes, { toleratesLatin1 });
  if (!decoded.ok) throw decoded.problems[0];
  return decoded.value;
}

function bears(name: string, pattern: string): boolean {
  return pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern;
}

export function readerOf(files: Files): Reader {
  const memos = new Map<string, unknown>();
  return {
    read(file) {
      const content = files[posix.normalize(file)];
      return content === undefined ? undefined : sourceOf(posix.normalize(file), content, true);
    },
    list: (directory) =>
      Object.keys(files)
        .filter((file) => posix.dirname(file) === posix.normalize(directory))
        .map((file) => posix.basename(file))
        .sort(),
    find: (pattern) =>
      Object.keys(files)
        .filter((file) => bears(posix.basename(file), pattern))
        .sort(),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}
