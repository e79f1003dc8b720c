import type { Edit, LocalLookup, Manifest, Result } from '../../../model';
import { readerOf, sourceOf } from '../../../testing';
import { splice } from '../../../text';
import { cargo } from '..';

/** Content by workspace-relative path. */
export type Files = Readonly<Record<string, string>>;

/** The value of a result that must be there; throws its first problem. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw result.problems[0];
  return result.value;
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
