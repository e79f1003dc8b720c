import { groupBy } from '../graph/group-by';
import type { PackageNode } from '../graph/model';

/** Where versions are written, and which packages one such place is the version of. */
export interface VersionPlaces {
  /** The same text for all packages whose version is written at the same place. */
  placeOf(node: PackageNode): string;
  /** All packages whose version is written where that of the given one is, itself included. */
  sharing(node: PackageNode): readonly PackageNode[];
}

export function versionPlaces(packages: readonly PackageNode[]): VersionPlaces {
  const written = groupBy(packages.filter(isWritten), ({ manifest }) => manifest.version.file);
  const places = new Map(packages.map((node) => [node, placeIn(written, node)]));
  const placeOf = (node: PackageNode): string => places.get(node) ?? ownPlace(node);
  const byPlace = groupBy(packages, placeOf);
  return { placeOf, sharing: (node) => byPlace.get(placeOf(node)) ?? [] };
}

/** Members of a workspace often inherit one literal. */
function ownPlace({ manifest: { version } }: PackageNode): string {
  return `${version.file}\0${version.via}`;
}

function isWritten({ manifest: { version } }: PackageNode): boolean {
  return version.value !== null && version.fixed === undefined;
}

/** A version that is read out of another package's manifest stands where that package has its own. */
function placeIn(written: ReadonlyMap<string, readonly PackageNode[]>, node: PackageNode): string {
  if (!isReadElsewhere(node)) return ownPlace(node);
  const owners = written.get(node.manifest.version.file) ?? [];
  const [place, ...others] = new Set(owners.map(ownPlace));
  const isSame = owners.every(
    ({ manifest }) => manifest.version.value === node.manifest.version.value,
  );
  return place !== undefined && others.length === 0 && isSame ? place : ownPlace(node);
}

/** True for a version that only a change of another file can change. */
export function isReadElsewhere({ manifest: { file, version } }: PackageNode): boolean {
  return version.fixed !== undefined && version.value !== null && version.file !== file;
}
