import type { Tree } from '@nx/devkit';
import type { Ecosystem, ForgeError, Reader } from '@forge/ecosystems';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { listWantedFiles } from '../effects/listed-files';
import { readPluginOptions } from '../effects/open-workspace';
import { groupBy } from '../graph/group-by';
import { loadWorkspace } from '../graph/load-workspace';
import { nameMatcher, ownFileMatcher } from '../graph/manifest-files';
import type { LocalEdge, PackageNode, WorkspaceModel } from '../graph/model';
import type { Cause } from '../plan/causes';
import { createReleasePlanner, type ReleasePlanner } from '../plan/release-planner';
import { graphProblems } from '../preflight/graph-problems';
import { createCommitBumps, type CommitBumps } from './commit-bumps';
import { unservableNeeds } from '../preflight/unservable-needs';
import { createVersionDecider, type VersionDecider } from './decide-version';
import { createNxRun, type NxRun } from './nx-run';
import { liveVersions, type LiveVersion } from './registry-version';
import { createReleaseWriter, type ReleaseWriter } from './release-writer';
import { treeReader } from './tree-reader';
import { versionProblems } from './version-problems';

/** One run of `nx release version`: the workspace as it was before, and what was decided since. */
export interface VersionSession {
  /** Where the run writes; in a dry run everything stays there. */
  readonly tree: Tree;
  readonly model: WorkspaceModel;
  readonly reader: Reader;
  readonly planner: ReleasePlanner;
  readonly decider: VersionDecider;
  readonly writer: ReleaseWriter;
  readonly run: NxRun;
  readonly commitBumps: CommitBumps;
  readonly options: NormalizedOptions;
  readonly live: LiveVersion;
  edgesFrom(node: PackageNode): readonly LocalEdge[];
  edgesTo(node: PackageNode): readonly LocalEdge[];
  /** What would make a published package useless to whoever installs it, or keeps it from getting a version. */
  problemsOf(node: PackageNode): readonly ForgeError[];
  /** What the projects of this run were refused for so far. */
  readonly problems: ForgeError[];
  /** Why the projects get their versions, by their names in the model. */
  readonly causes: Map<string, Cause>;
  /** Projects, and fixed groups, that got no version. */
  readonly refused: Set<string>;
  /** True once the problems of the run as a whole were told. */
  isValidated: boolean;
  /** True once somebody gave a version or a bump for the whole run. */
  isGiven: boolean;
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
  const names = options.ecosystems.flatMap(({ manifests, companions }) => [
    ...manifests,
    ...companions,
  ]);
  const files = await listFiles(tree, [...new Set([...names, 'package.json', 'project.json'])]);
  const reader = treeReader(tree, files.filter(ownFileMatcher(options.ecosystems)));
  const model = loadWorkspace(files, reader, options);
  const from = groupBy(model.edges, (edge) => edge.from);
  const to = groupBy(model.edges, (edge) => edge.to);
  const problems = graphProblems(model, reader);
  const run = createNxRun();
  const live = liveVersions({ root: tree.root, model, reader }, options);
  const planner = createReleasePlanner(model, reader, { ...options, groups: run.groups });
  const decider = createVersionDecider(planner, run.groups);
  return {
    tree,
    model,
    reader,
    options,
    live,
    run,
    commitBumps: createCommitBumps({ model, reader, options, tree, live }),
    planner,
    decider,
    writer: createReleaseWriter(planner, reader, () => decider.overtaken()),
    edgesFrom: (node) => from.get(node) ?? [],
    edgesTo: (node) => to.get(node) ?? [],
    problemsOf: (node) => [
      ...(problems.get(node) ?? []),
      ...unservableNeeds(node, from.get(node) ?? [], reader),
      ...versionProblems(node, reader),
    ],
    problems: [],
    causes: new Map(),
    refused: new Set(),
    isValidated: false,
    isGiven: false,
  };
}

/** Loading Nx's devkit for its globs takes a tenth of a second; only git's answer can be had for less. */
async function listFiles(tree: Tree, names: readonly string[]): Promise<readonly string[]> {
  const isUntouched = tree.listChanges().length === 0;
  const listed = isUntouched ? await listWantedFiles(tree.root, nameMatcher(names)) : undefined;
  if (listed) return listed;
  const { globAsync } = require('@nx/devkit') as typeof import('@nx/devkit');
  return globAsync(
    tree,
    names.map((each) => `**/${each}`),
  );
}
