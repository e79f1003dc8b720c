import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
}

const recordFile = 'artifacts.json';

/** Workspace-relative output directory of a project's `package` target; the only directory it writes. */
export function artifactDirectory(project: string): string {
  return `.forge/artifacts/${project}`;
}

/** Absolute directory of one package's artifacts: several packages of a project never mix. */
export function packageDirectory(root: string, project: string, ecosystem: string): string {
  return join(root, artifactDirectory(project), ecosystem);
}

/** Empties the output directory, so that no stale file is ever taken for an artifact. */
export function clearArtifacts(root: string, project: string): void {
  const directory = join(root, artifactDirectory(project));
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}

export function writeRecord(root: string, record: ArtifactRecord): void {
  const path = join(root, artifactDirectory(record.project), recordFile);
  writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** The record of the last `package` run, or undefined when there is none. */
export function readRecord(root: string, project: string): ArtifactRecord | undefined {
  const path = join(root, artifactDirectory(project), recordFile);
  if (!statSync(path, { throwIfNoEntry: false })) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as ArtifactRecord;
}

/** The artifacts of one package with their absolute paths; undefined when the record has none for this version. */
export function recordedArtifacts(
  root: string,
  record: ArtifactRecord | undefined,
  wanted: { readonly ecosystem: string; readonly name: string; readonly version: string },
): readonly Artifact[] | undefined {
  const packed = record?.packages.find(
    (each) =>
      each.ecosystem === wanted.ecosystem &&
      each.name === wanted.name &&
      each.version === wanted.version,
  );
  if (!record || !packed) return undefined;
  const directory = packageDirectory(root, record.project, packed.ecosystem);
  return packed.artifacts.map((artifact) => ({
    ...artifact,
    path: join(directory, artifact.filename),
  }));
}
