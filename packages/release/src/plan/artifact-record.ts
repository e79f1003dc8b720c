import type { Artifact } from '@forge/ecosystems';

/** What `package` leaves behind for a project: which files were built, of what, with which digests. */
export interface ArtifactRecord {
  readonly formatVersion: 1;
  readonly project: string;
  readonly packages: readonly PackedPackage[];
}

export interface PackedPackage {
  readonly ecosystem: string;
  readonly name: string;
  /** Native spelling, as read from inside the artifacts. */
  readonly version: string;
  readonly artifacts: readonly Omit<Artifact, 'path'>[];
  /** Globs of declared files that are not there, where the user lets a version go out without them. */
  readonly without?: readonly string[];
}

/** The entry of one package at one version; undefined when the record has none. */
export function findPacked(
  record: ArtifactRecord | undefined,
  wanted: { readonly ecosystem: string; readonly name: string; readonly version: string },
): PackedPackage | undefined {
  return record?.packages.find(
    ({ ecosystem, name, version }) =>
      ecosystem === wanted.ecosystem && name === wanted.name && version === wanted.version,
  );
}
