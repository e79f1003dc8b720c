import type { Edit, LocalLookup, Manifest, Reader, Result, Source } from '../../../model';
import { decodeSource, splice } from '../../../text';
import { cargo } from '..';

/** Content by workspace-relative path. */
export type Files = Readonly<Record<string, string>>;

export function sourceOf(file: string, text: string): Source {
  const decoded = decodeSource(file, Buffer.from(text, 'utf8'));
  return valueOf(decoded);
}

/** The value of a result that must be there; throws its first problem. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw result.problems[0];
  return result.value;
}

export function readerOf(files: Files): Reader {
  const memos = new Map<string, unknown>();
  return {
    read: (file) => (files[file] === undefined ? undefined : sourceOf(file, files[file])),
    list: () => [],
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

export function manifestOf(files: Files, file: string): Manifest {
  const manifest = valueOf(cargo.format.read(sourceOf(file, files[file] ?? ''), readerOf(files)));
  if (!manifest) throw new Error(`${file} is no package`);
  return manifest;
}

/** Finds packages by the directory of their manifest. */
export function lookupIn(files: Files): LocalLookup {
  return ({ path }) =>
    path !== undefined && files[`${path}/Cargo.toml`] !== undefined
      ? manifestOf(files, `${path}/Cargo.toml`)
      : undefined;
}

/** The files that change, with their new text. */
export function applied(files: Files, edits: readonly Edit[]): Files {
  const changed = [...new Set(edits.map(({ file }) => file))];
  return Object.fromEntries(
    changed.map((file) => {
      const bytes = valueOf(splice(sourceOf(file, files[file] ?? ''), edits));
      return [file, Buffer.from(bytes).toString('utf8')];
    }),
  );
}
