import { groupBy } from './group-by';
import type { BrokenManifest, Role } from './model';
import { isIn } from './paths';
import type { ReadManifest } from './read-manifests';

export interface AssignedRole {
  readonly role: Role;
  readonly embeddedIn?: string;
}

/** Roles by manifest path, as the user sets them. */
export type RoleOverrides = Readonly<Record<string, Role>>;

/**
 * The role of every package, keyed by manifest path. In this order: what the user sets; `embedded` when a
 * package that is itself published ships it from its own directory or below; `private` when the manifest
 * says so; `published`.
 */
export function assignRoles(
  manifests: readonly ReadManifest[],
  broken: readonly BrokenManifest[],
  overrides: RoleOverrides,
): ReadonlyMap<string, AssignedRole> {
  const embedders = findEmbedders(manifests, overrides);
  const brokenByRoot = groupBy(broken, ({ root }) => root);
  const roles = new Map<string, AssignedRole>();
  for (const read of manifests) {
    const { file, private: reason } = read.manifest;
    const embeddedIn = embedders.get(file) ?? possibleEmbedder(read, brokenByRoot);
    const inferred = embeddedIn ? 'embedded' : reason === undefined ? 'published' : 'private';
    const role = overrides[file] ?? inferred;
    roles.set(file, role === 'embedded' && embeddedIn ? { role, embeddedIn } : { role });
  }
  return roles;
}

/** An embed that points outside the embedder's directory is only an edge: the other one lives on its own. */
function findEmbedders(
  manifests: readonly ReadManifest[],
  overrides: RoleOverrides,
): Map<string, string> {
  const embedders = new Map<string, string>();
  for (const { manifest, root } of manifests) {
    const stays = overrides[manifest.file] ?? (manifest.private ? 'private' : 'published');
    if (stays === 'private') continue;
    for (const embed of manifest.embeds) {
      if (embed.manifest !== manifest.file && isIn(root, embed.manifest))
        embedders.set(embed.manifest, manifest.file);
    }
  }
  return embedders;
}

/**
 * A broken manifest cannot say what it ships. A package of another ecosystem that stands in or below its
 * directory is held back until it can be read: a syntax error must not publish what was embedded before.
 * The workspace root holds back its own directory only, or one bad file would hold back everything.
 */
function possibleEmbedder(
  { root, ecosystem }: ReadManifest,
  brokenByRoot: ReadonlyMap<string, readonly BrokenManifest[]>,
): string | undefined {
  if (brokenByRoot.size === 0) return undefined;
  for (let at = root; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const other = brokenByRoot.get(at)?.find((each) => each.ecosystem !== ecosystem);
    if (other) return other.file;
    if (!at.includes('/')) return undefined;
  }
}
