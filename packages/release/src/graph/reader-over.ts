import { decodeSource, type Reader, type Source } from '@forge/ecosystems';
import { baseNameOf, byCodeUnit, directoryOf } from './paths';

/** A reader that shows some files otherwise than `base` does; `undefined` stands for a file that is not there. */
export function readerOver(files: ReadonlyMap<string, Source | undefined>, base?: Reader): Reader {
  const memos = new Map<string, unknown>();
  return {
    read: (file) => (files.has(file) ? files.get(file) : base?.read(file)),
    list(directory) {
      const here = [...files].filter(([file]) => directoryOf(file) === directory);
      const names = new Set(base?.list(directory));
      for (const [file, source] of here)
        if (source) names.add(baseNameOf(file));
        else names.delete(baseNameOf(file));
      return [...names].sort(byCodeUnit);
    },
    ...(base?.find && { find: base.find }),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

/** As all readers do: what is no text is not there. */
export function textOf(file: string, bytes: Uint8Array | undefined): Source | undefined {
  const source = bytes && decodeSource(file, bytes, { toleratesLatin1: true });
  return source?.ok ? source.value : undefined;
}
