import type { Reader, Source } from '../../../model';
import { sourceOfText, tomlSpans, type TomlSpans } from '../../../text';
import { directoryOf, localPath } from '../local-path';
import { normalizeName } from '../names';

/** A table `[[package]]` with its sub-tables. Offsets of `spans` count from `start`. */
export interface Block {
  readonly source: Source;
  readonly spans: TomlSpans;
  readonly start: number;
}

/** A package that is locked from a directory of the workspace. */
export interface LockedPackage extends Block {
  readonly name: string;
  /** Workspace-relative; undefined outside of the workspace. */
  readonly directory?: string;
}

export interface LockFile {
  readonly source: Source;
  readonly directory: string;
  readonly isUv: boolean;
  /** By normalised name. What comes from an index is not among them. */
  readonly packages: ReadonlyMap<string, readonly LockedPackage[]>;
  /** By name: where lists of dependencies repeat the version of what is local. */
  readonly mentions: ReadonlyMap<string, readonly Mention[]>;
}

export interface Mention {
  readonly version: string;
  /** Offset of the version in the lock file. */
  readonly at: number;
}

const fileNames = ['uv.lock', 'poetry.lock', 'pdm.lock'] as const;

/** The lock files in a directory and above it, nearest first. Each is read once per session. */
export function lockFilesAbove(directory: string, reader: Reader): LockFile[] {
  const own = reader.memo(`pypi:locks:${directory}`, () =>
    fileNames.flatMap((name) => {
      const file = `${directory === '.' ? '' : `${directory}/`}${name}`;
      return reader.memo(`pypi:lock:${file}`, () => readLock(file, reader));
    }),
  );
  return directory === '.' ? own : [...own, ...lockFilesAbove(directoryOf(directory), reader)];
}

/** All other lock files of the workspace that hold a package from its directory, whoever led there. */
export function lockFilesBeyond(directory: string, reader: Reader): readonly LockFile[] {
  const byDirectory = reader.memo('pypi:locks-by-package', () => {
    const found = new Map<string, LockFile[]>();
    for (const lock of allLockFiles(reader))
      for (const each of directoriesIn(lock)) found.set(each, [...(found.get(each) ?? []), lock]);
    return found;
  });
  const above = new Set(lockFilesAbove(directory, reader).map(({ source }) => source.file));
  return (byDirectory.get(directory) ?? []).filter(({ source }) => !above.has(source.file));
}

function allLockFiles(reader: Reader): LockFile[] {
  return fileNames.flatMap((name) =>
    (reader.find?.(name) ?? []).flatMap((file) =>
      reader.memo(`pypi:lock:${file}`, () => readLock(file, reader)),
    ),
  );
}

function directoriesIn({ packages }: LockFile): Set<string> {
  return new Set([...packages.values()].flat().flatMap(({ directory }) => directory ?? []));
}

function readLock(file: string, reader: Reader): LockFile[] {
  const source = reader.read(file);
  if (!source) return [];
  const directory = directoryOf(file);
  const packages = new Map<string, LockedPackage[]>();
  for (const { text, start } of blocks(source.text)) {
    const locked = localPackage(file, text, start);
    if (locked) packages.set(locked.name, [...(packages.get(locked.name) ?? []), locked]);
  }
  const isUv = file.endsWith('uv.lock');
  const mentions = isUv ? mentionsIn(source.text) : new Map<string, Mention[]>();
  return [{ source, directory, packages, mentions, isUv }];
}

function* blocks(text: string): Generator<{ readonly text: string; readonly start: number }> {
  const head = /^\[\[package\]\]/gm;
  let start = head.exec(text)?.index;
  while (start !== undefined) {
    const next: number | undefined = head.exec(text)?.index;
    yield { text: text.slice(start, next), start };
    start = next;
  }
}

/** uv 0.13 names version and source where packages of one name are locked more than once. */
const mention =
  /\{ name = "([^"]+)", version = "([^"]+)", source = \{ (?:editable|virtual|directory) = /g;

function mentionsIn(text: string): Map<string, Mention[]> {
  const found = new Map<string, Mention[]>();
  for (const { 1: name = '', 2: version = '', index } of text.matchAll(mention)) {
    const at = index + `{ name = "${name}", version = "`.length;
    found.set(name, [...(found.get(name) ?? []), { version, at }]);
  }
  return found;
}

/** Most packages come from an index, and need no closer look. */
const looksLocal = /^(?:source = \{ (?:editable|virtual|directory) = |type = "directory"|path = )/m;

function localPackage(file: string, text: string, start: number): LockedPackage | undefined {
  const source = looksLocal.test(text) ? sourceOfText(file, text) : undefined;
  if (!source) return undefined;
  const spans = tomlSpans(source);
  const name = spans.find(['package', 0, 'name'])?.value;
  const written = localSource(spans);
  if (name === undefined || written === undefined) return undefined;
  const directory = localPath(directoryOf(file), written);
  return {
    ...{ source, spans, start, name: normalizeName(name) },
    ...(directory !== undefined && { directory }),
  };
}

/** uv: `source = { editable = "…" }`; Poetry: `[package.source]` with `type` and `url`; pdm: `path = "./…"`. */
function localSource(spans: TomlSpans): string | undefined {
  const at = (...path: readonly string[]): string | undefined =>
    spans.find(['package', 0, ...path])?.value;
  const poetry = at('source', 'type') === 'directory' ? at('source', 'url') : undefined;
  return (
    at('source', 'editable') ??
    at('source', 'virtual') ??
    at('source', 'directory') ??
    poetry ??
    at('path')
  );
}
