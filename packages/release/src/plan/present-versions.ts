import semver from 'semver';
import type { ReleaseGroup } from '../configuration/release-group';
import type { PackageNode, WorkspaceModel } from '../graph/model';
import { versionedPackages } from './versioned-packages';

/**
 * The version that each project is at: canonical, or a version of its ecosystem's own that SemVer cannot say.
 * Where packages that move together differ, the highest of them: those of one project, and all of a fixed group.
 * What follows a group has no version of its own.
 */
export function presentVersions(
  model: WorkspaceModel,
  groups: ReadonlyMap<string, ReleaseGroup>,
  followers: readonly { readonly file: string }[] = [],
): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  const following = new Set(followers.map(({ file }) => file));
  for (const { name, packages } of model.projects.values()) {
    const version = highest(
      versionedPackages(packages)
        .filter(({ manifest }) => !following.has(manifest.file))
        .flatMap(canonicalOf),
    );
    if (version !== undefined) versions.set(name, version);
  }
  for (const { isFixed, projects } of groups.values()) {
    const version = isFixed && highest(projects.flatMap((each) => versions.get(each) ?? []));
    for (const project of version ? projects : [])
      if (version && versions.has(project)) versions.set(project, version);
  }
  return versions;
}

function canonicalOf({ manifest, ecosystem }: PackageNode): string[] {
  const { value } = manifest.version;
  if (value === null) return [];
  const canonical = ecosystem.versions.toCanonical(value);
  return [canonical.ok ? canonical.value : value];
}

/** What SemVer cannot compare does not replace what came before it. */
function highest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>(
    (best, each) =>
      best === undefined || (semver.valid(each) && semver.valid(best) && semver.gt(each, best))
        ? each
        : best,
    undefined,
  );
}
