import type { Reader, Source } from '../../../model';
import { decodeSource } from '../../../text';

/** A workspace in memory, for the specs of this folder. */
export function workspaceOf(files: Readonly<Record<string, string>>): {
  readonly reader: Reader;
  readonly source: (file: string) => Source;
} {
  const memos = new Map<string, unknown>();
  const read = (file: string): Source | undefined => {
    const text = files[file];
    if (text === undefined) return undefined;
    const decoded = decodeSource(file, Buffer.from(text, 'utf8'));
    if (!decoded.ok) throw decoded.problems[0];
    return decoded.value;
  };
  const reader: Reader = {
    read,
    list: (directory) =>
      Object.keys(files)
        .filter((file) =>
          directory === '.' ? !file.includes('/') : file.startsWith(`${directory}/`),
        )
        .map((file) => file.slice(directory === '.' ? 0 : directory.length + 1))
        .filter((file) => !file.includes('/'))
        .sort(),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
  return {
    reader,
    source(file) {
      const found = read(file);
      if (!found) throw new Error(`${file} is not in the workspace`);
      return found;
    },
  };
}
