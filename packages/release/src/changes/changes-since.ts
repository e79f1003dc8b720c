import type { Reader, Source } from '@forge/ecosystems';
import type { Follower } from '../configuration/followers';
import type { History } from '../effects/history';
import type { EdgesBySource } from '../graph/edges';
import { manifestMatcher } from '../graph/manifest-files';
import type { PackageNode, WorkspaceModel } from '../graph/model';
import { ownersOf, type Link } from './owners';
import { readerOver, textOf } from '../graph/reader-over';
import { withTodaysVersions } from './todays-versions';

/** Something that changed in a project's directory, or in what its manifest means. */
export interface Change {
  /** Directory of the project. */
  readonly root: string;
  /** The changed file; the manifest, where a value changed that it takes from elsewhere. */
  readonly path: string;
  /** The files that git saw change; commits that touched them are the reason. */
  readonly files: readonly string[];
}

export interface ChangesContext {
  readonly model: WorkspaceModel;
  readonly edges: EdgesBySource;
  readonly followers: readonly Follower[];
  /** The workspace as it is now. */
  readonly reader: Reader;
  readonly history: History;
  readonly links: readonly Link[];
  readonly isIgnored: (path: string) => boolean;
  /** Directories of all projects. */
  readonly roots: ReadonlySet<string>;
}

/**
 * What changed since a commit, without what is ignored and without the versions and requirements that a release
 * wrote. Manifests are compared for the directories `wanted` only.
 */
export async function changesSince(
  commit: string,
  wanted: ReadonlySet<string>,
  context: ChangesContext,
): Promise<Change[]> {
  const { model, edges, reader, history, followers } = context;
  const paths = new Set(await history.pathsSince(commit));
  const touched = model.packages.filter(
    (node) => wanted.has(node.root) && placesOf(node).some((file) => paths.has(file)),
  );
  const before = await readerAt(commit, paths, context);
  const places = {
    nodes: touched,
    edges,
    followers: followers.filter(({ file }) => paths.has(file)),
  };
  const then = withTodaysVersions(places, before);
  const now = withTodaysVersions(places, reader);
  const counted = new Set(
    [...paths].filter(
      (path) => !context.isIgnored(path) && !isSame(then.read(path), now.read(path)),
    ),
  );
  const meant = touched.filter(
    (node) => !counted.has(node.manifest.file) && meaning(node, then) !== meaning(node, now),
  );
  return [
    ...[...counted].flatMap((path) =>
      ownersOf(path, context).map((owner) => ({ ...owner, files: [path] })),
    ),
    ...meant.map((node) => {
      const files = placesOf(node).filter((file) => paths.has(file));
      return { root: node.root, path: node.manifest.file, files };
    }),
  ];
}

/** The files that a manifest takes its values from. */
function placesOf({ manifest }: PackageNode): string[] {
  return [manifest.file, manifest.version.file, ...manifest.inputs];
}

/** The workspace as it was; of what changed since, only files that manifests may look at are there. */
async function readerAt(
  commit: string,
  paths: ReadonlySet<string>,
  { model, history, reader, followers }: ChangesContext,
): Promise<Reader> {
  const isManifest = manifestMatcher([...new Set(model.packages.map((node) => node.ecosystem))]);
  const places = new Set([
    ...model.packages.flatMap(placesOf),
    ...followers.map(({ file }) => file),
  ]);
  const asked = [...paths].filter((path) => places.has(path) || isManifest(path));
  const contents = await history.read(asked.map((path) => ({ commit, path })));
  const then = new Map(asked.map((path, at) => [path, textOf(path, contents[at])]));
  const rest = [...paths].filter((path) => !then.has(path));
  return readerOver(new Map([...rest.map((path) => [path, undefined] as const), ...then]), reader);
}

function isSame(then: Source | undefined, now: Source | undefined): boolean {
  return then !== undefined && now !== undefined && Buffer.compare(then.bytes, now.bytes) === 0;
}

/** What a manifest says beside its version; what cannot be read says something of its own. */
function meaning({ manifest, ecosystem }: PackageNode, reader: Reader): string {
  const source = reader.read(manifest.file);
  const read = source && ecosystem.format.read(source, reader);
  if (!read?.ok || !read.value) return 'nothing';
  return JSON.stringify({ ...read.value, version: null, inputs: null });
}
