import {
  decodeSource,
  splice,
  uniqueEdits,
  type Edit,
  type ManifestChange,
  type Reader,
  type Source,
} from '@forge/ecosystems';
import type { Follower } from '../configuration/followers';
import type { EdgesBySource } from '../graph/edges';
import { groupBy } from '../graph/group-by';
import type { PackageNode } from '../graph/model';
import { followerEdits } from '../plan/followers/follower-edits';
import { readerOver } from '../graph/reader-over';

/** Where a release writes versions. */
export interface VersionPlaces {
  readonly nodes: readonly PackageNode[];
  readonly edges: EdgesBySource;
  readonly followers: readonly Follower[];
}

/**
 * The workspace as `reader` shows it, with today's versions written in: those of the packages, and those that they
 * require of each other. What reads the same then and now differs in nothing but what a release writes, whoever
 * wrote it. What a release could not edit, it did not change, and stays as it is.
 */
export function withTodaysVersions(
  { nodes, edges, followers }: VersionPlaces,
  reader: Reader,
): Reader {
  const manifests = new Set(nodes.map(({ manifest }) => manifest.file));
  const texts = followers.filter(
    ({ file, place }) => place.kind !== 'file' || !manifests.has(file),
  );
  const edited = withEdits(
    reader,
    nodes.flatMap((node) => editsOf(node, edges, reader)),
  );
  // A second pass, since a follower may point at what a manifest's own edit has written.
  return withEdits(
    edited,
    texts.flatMap((follower) => followingEdits(follower, edited)),
  );
}

function withEdits(reader: Reader, edits: readonly Edit[]): Reader {
  const edited = [...groupBy(uniqueEdits(edits), ({ file }) => file)].map(
    ([file, own]) => [file, apply(reader.read(file), own)] as const,
  );
  return readerOver(new Map(edited), reader);
}

function editsOf(node: PackageNode, edges: EdgesBySource, reader: Reader): readonly Edit[] {
  const source = reader.read(node.manifest.file);
  if (!source) return [];
  const { version, requirements = [] } = todaysChange(node, edges);
  const plan = (change: ManifestChange): readonly Edit[] | undefined => {
    const planned = node.ecosystem.format.plan(source, change, reader);
    return planned.ok ? planned.value : undefined;
  };
  const parts = [
    ...(version === undefined ? [] : [{ version }]),
    ...requirements.map((each) => ({ requirements: [each] })),
  ];
  const together = plan({ ...(version === undefined ? {} : { version }), requirements });
  return together ?? parts.flatMap((part) => plan(part) ?? []);
}

/** Any version will do, as long as it is the same then and now. */
function followingEdits({ file, place }: Follower, reader: Reader): readonly Edit[] {
  const source = reader.read(file);
  const edits = source && followerEdits(source, { place, version: '0.0.0' });
  return edits?.ok ? edits.value : [];
}

function todaysChange(node: PackageNode, edges: EdgesBySource): ManifestChange {
  const versions = new Map<string, string>();
  for (const { to, dependency } of edges.get(node) ?? []) {
    const { value } = to.manifest.version;
    if (dependency && value !== null) versions.set(dependency.name, value);
  }
  const { value } = node.manifest.version;
  return {
    ...(value === null ? {} : { version: value }),
    requirements: [...versions].map(([name, version]) => ({ name, version, policy: 'always' })),
  };
}

function apply(source: Source | undefined, edits: readonly Edit[]): Source | undefined {
  const bytes = source && splice(source, edits);
  if (!source || !bytes?.ok) return source;
  const edited = decodeSource(source.file, bytes.value, { toleratesLatin1: true });
  return edited.ok ? edited.value : source;
}
