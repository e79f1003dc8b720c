import { ForgeError } from '../errors';
import { fail, type Edit, type Reader, type Result, type Source } from '../model';
import { decodeSource, holdsExpected, splice, staleEdit } from '../text';

/** FORGE-M009 for every edit whose file is gone or no longer holds what the edit expects. */
export function staleEdits(
  base: Reader,
  sources: ReadonlyMap<string, Source>,
  edits: readonly Edit[],
): ForgeError[] {
  return edits.flatMap((edit) => {
    const original = sources.get(edit.file) ?? base.read(edit.file);
    if (!original) return [goneFile(edit.file)];
    return holdsExpected(original, edit) ? [] : [staleEdit(edit)];
  });
}

/** The workspace as it reads once edits are applied. */
export interface Overlay extends Reader {
  /** Of the edited files that were read, those that cannot be edited (FORGE-M003, M009, M010). */
  readonly problems: readonly ForgeError[];
}

/** A computed value, and what it was computed from: it holds for everybody who sees these very sources. */
interface Memo {
  readonly value: unknown;
  readonly reads: ReadonlyMap<string, Source | undefined>;
}

/** What all overlays of one reading session share: most of them see most files alike. */
interface Session {
  readonly memos: Map<string, Memo>;
  /** The latest edited form of a file. */
  readonly edited: Map<string, { readonly original: Source; key: string; result: Result<Source> }>;
}

/**
 * Edits are applied to a file when it is read, so that what nobody reads (a lock file) costs nothing. `sources`
 * stand in for the files of their names.
 */
export function overlay(
  base: Reader,
  sources: ReadonlyMap<string, Source>,
  edits: readonly Edit[],
  options: { readonly toleratesLatin1: boolean },
): Overlay {
  const session = base.memo<Session>('edit:overlays', () => ({
    memos: new Map(),
    edited: new Map(),
  }));
  const editsOf = byFile(edits);
  const seen = new Map<string, Source | undefined>();
  const problems: ForgeError[] = [];
  let reads = new Map<string, Source | undefined>();

  function look(file: string): Source | undefined {
    const original = sources.get(file) ?? base.read(file);
    const own = editsOf.get(file);
    if (!own) return original;
    const result = original ? editedSource(session, original, own, options) : fail(goneFile(file));
    if (result.ok) return result.value;
    problems.push(...result.problems);
    return undefined;
  }

  function read(file: string): Source | undefined {
    if (!seen.has(file)) seen.set(file, look(file));
    reads.set(file, seen.get(file));
    return seen.get(file);
  }

  function memo<T>(key: string, compute: () => T): T {
    const known = session.memos.get(key);
    const holds = known && [...known.reads].every(([file, before]) => read(file) === before);
    if (holds) return known.value as T;
    const outer = reads;
    reads = new Map();
    try {
      const value = compute();
      session.memos.set(key, { value, reads });
      return value;
    } finally {
      for (const [file, each] of reads) outer.set(file, each);
      reads = outer;
    }
  }

  const { find } = base;
  return { problems, read, memo, list: (directory) => base.list(directory), ...(find && { find }) };
}

function byFile(edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> {
  const grouped = new Map<string, Edit[]>();
  for (const edit of edits) {
    const own = grouped.get(edit.file);
    if (own) own.push(edit);
    else grouped.set(edit.file, [edit]);
  }
  return grouped;
}

function editedSource(
  { edited }: Session,
  original: Source,
  edits: readonly Edit[],
  options: { readonly toleratesLatin1: boolean },
): Result<Source> {
  const { file } = original;
  const key = edits.map(({ start, end, newText }) => `${start}-${end}:${newText}`).join('\0');
  const known = edited.get(file);
  if (known?.original === original && known.key === key) return known.result;
  const bytes = splice(original, edits);
  const result = bytes.ok ? decodeSource(file, bytes.value, options) : bytes;
  edited.set(file, { original, key, result });
  return result;
}

function goneFile(file: string): ForgeError {
  return new ForgeError('FORGE-M009', { what: `\`${file}\` is gone`, where: { file } });
}
