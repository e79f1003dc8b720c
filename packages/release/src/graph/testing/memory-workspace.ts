import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSource, ecosystems, type Reader } from '@forge/ecosystems';
import { fileFinder } from '../file-finder';
import { loadWorkspace, type LoadOptions } from '../load-workspace';
import type { WorkspaceModel } from '../model';
import { directoryOf } from '../paths';

export type Files = Readonly<Record<string, string>>;

/** A reader of files that exist in memory only. */
export function memoryReader(files: Files): Reader {
  const memos = new Map<string, unknown>();
  return {
    read(file) {
      const text = files[file];
      if (text === undefined) return undefined;
      const source = decodeSource(file, Buffer.from(text), { toleratesLatin1: true });
      return source.ok ? source.value : undefined;
    },
    list: (directory) =>
      Object.keys(files)
        .filter((file) => directoryOf(file) === directory)
        .map((file) => file.slice(file.lastIndexOf('/') + 1))
        .sort(),
    find: fileFinder(Object.keys(files)),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

export function loadFiles(files: Files, options: Partial<LoadOptions> = {}): WorkspaceModel {
  return loadWorkspace(Object.keys(files), memoryReader(files), { ecosystems, ...options });
}

/** All files of a fixture, workspace-relative, links to directories left out. */
export function fixture(name: string): Record<string, string> {
  const root = join(__dirname, '../fixtures', name);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(root, file)).isFile())
    .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')] as const);
  return Object.fromEntries(files);
}

/** `from -> to` for every edge between projects, dev edges as `from -> [to]`; sorted, each once. */
export function projectEdges(model: WorkspaceModel): string[] {
  const edges = model.edges
    .filter(({ from, to }) => from.root !== to.root)
    .map(({ from, to, kind }) =>
      kind === 'dev' ? `${from.project} -> [${to.project}]` : `${from.project} -> ${to.project}`,
    );
  return [...new Set(edges)].sort();
}

export function projectNames(model: WorkspaceModel): string[] {
  return [...model.projects.values()].map(({ name }) => name).sort();
}
