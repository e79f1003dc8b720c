import { globAsync, type Tree } from '@nx/devkit';
import {
  decodeSource,
  type Ecosystem,
  type ForgeError,
  type Reader,
  type Source,
} from '@forge/ecosystems';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { readPluginOptions } from '../effects/open-workspace';
import { groupBy } from '../graph/group-by';
import { loadWorkspace } from '../graph/load-workspace';
import type { LocalEdge, PackageNode } from '../graph/model';
import { createReleasePlanner, type ReleasePlanner } from '../plan/release-planner';
import { graphProblems } from '../preflight/graph-problems';
import { versionProblems } from './version-problems';

/** One run of `nx release version`: the workspace as it was before, and what was decided since. */
export interface VersionSession {
  readonly planner: ReleasePlanner;
  readonly options: NormalizedOptions;
  edgesFrom(node: PackageNode): readonly LocalEdge[];
  edgesTo(node: PackageNode): readonly LocalEdge[];
  /** What would make a published package useless to whoever installs it, or keeps it from getting a version. */
  problemsOf(node: PackageNode): readonly ForgeError[];
  /** What the projects of this run were refused for so far. */
  readonly problems: ForgeError[];
}

/**
 * Nx makes one object per project and tells none of the others, but hands all of them one tree; the hook
 * after the run gets only the directory. These two maps are the thread between them.
 */
const byTree = new WeakMap<Tree, Promise<VersionSession>>();
const byDirectory = new Map<string, Promise<VersionSession>>();

export function sessionOf(tree: Tree, ecosystems?: readonly Ecosystem[]): Promise<VersionSession> {
  const known = byTree.get(tree);
  if (known) return known;
  const session = openSession(tree, ecosystems);
  byTree.set(tree, session);
  byDirectory.set(tree.root, session);
  return session;
}

/** The latest session of a directory; undefined when no project of ours was versioned there. */
export async function sessionAt(directory: string): Promise<VersionSession | undefined> {
  return byDirectory.get(directory);
}

async function openSession(tree: Tree, ecosystems?: readonly Ecosystem[]): Promise<VersionSession> {
  const options = readPluginOptions(tree.root, ecosystems);
  const patterns = options.ecosystems.flatMap(({ manifests }) =>
    manifests.map((each) => `**/${each}`),
  );
  const files = await globAsync(tree, [
    ...new Set([...patterns, '**/package.json', '**/project.json']),
  ]);
  const reader = treeReader(tree);
  const model = loadWorkspace(files, reader, options);
  const from = groupBy(model.edges, (edge) => edge.from);
  const to = groupBy(model.edges, (edge) => edge.to);
  const problems = graphProblems(model);
  return {
    options,
    planner: createReleasePlanner(model, reader, options.requirements),
    edgesFrom: (node) => from.get(node) ?? [],
    edgesTo: (node) => to.get(node) ?? [],
    problemsOf: (node) => [...(problems.get(node) ?? []), ...versionProblems(node, reader)],
    problems: [],
  };
}

/** Shows every file as it was when it was first looked at, whatever is written to the tree later. */
function treeReader(tree: Tree): Reader {
  const sources = new Map<string, Source | undefined>();
  const memos = new Map<string, unknown>();
  return {
    read(file) {
      if (!sources.has(file)) sources.set(file, readFromTree(tree, file));
      return sources.get(file);
    },
    list: (directory) =>
      tree
        .children(directory)
        .filter((name) => tree.isFile(directory === '.' ? name : `${directory}/${name}`))
        .sort(),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

function readFromTree(tree: Tree, file: string): Source | undefined {
  const bytes = tree.read(file);
  if (!bytes) return undefined;
  const source = decodeSource(file, bytes, { toleratesLatin1: true });
  return source.ok ? source.value : undefined;
}
