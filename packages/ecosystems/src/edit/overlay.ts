import type { Reader, Source } from '../model';

/** A reader that sees some files with other content; everything memoised before is forgotten. */
export function overlay(base: Reader, changed: ReadonlyMap<string, Source>): Reader {
  const memos = new Map<string, unknown>();
  return {
    read: (file) => changed.get(file) ?? base.read(file),
    list: (directory) => base.list(directory),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}
