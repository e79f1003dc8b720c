import { groupBy } from '../graph/group-by';
import type { PackageNode } from '../graph/model';

/** Finds all packages whose version is written at the same place, the given one included. */
export type Sharing = (node: PackageNode) => readonly PackageNode[];

export function versionSharing(packages: readonly PackageNode[]): Sharing {
  const byPlace = groupBy(packages, versionPlace);
  return (node) => byPlace.get(versionPlace(node)) ?? [];
}

/** Where the version of a package is written: members of a workspace often inherit one literal. */
export function versionPlace({ manifest: { version } }: PackageNode): string {
  return `${version.file}\0${version.via}`;
}
