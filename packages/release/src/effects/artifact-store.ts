import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '@forge/ecosystems';
import { artifactsDirectory } from '../graph/targets';
import type { ArtifactRecord, PackedPackage } from '../plan/artifact-record';

const recordFile = 'artifacts.json';

/** An artifact with its bytes, as it was found in a directory. */
export interface FoundArtifact {
  readonly artifact: Artifact;
  readonly bytes: Uint8Array;
}

/** Empties the output directory of a project, so that no stale file is ever taken for an artifact. */
export function clearArtifacts(root: string, project: string): void {
  const directory = join(root, artifactsDirectory(project));
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}

/** Absolute, existing directory of one package's artifacts: several packages of a project never mix. */
export function packageDirectory(root: string, project: string, ecosystem: string): string {
  const directory = join(root, artifactsDirectory(project), ecosystem);
  mkdirSync(directory, { recursive: true });
  return directory;
}

export function writeArtifact(directory: string, filename: string, bytes: Uint8Array): void {
  writeFileSync(join(directory, filename), bytes);
}

/** Files that look like artifacts, and when each was written last. */
export type Leftovers = ReadonlyMap<string, bigint>;

/** What lies in a directory before a tool builds into it: committed by mistake, or by an earlier build. */
export function leftovers(directory: string, isArtifact: (name: string) => boolean): Leftovers {
  mkdirSync(directory, { recursive: true });
  const names = readdirSync(directory).filter(isArtifact);
  return new Map(names.map((name) => [name, writtenAt(join(directory, name))]));
}

/** Brings the artifacts that a tool has built in a directory of its own to where they belong. */
export function gatherArtifacts(
  from: string,
  to: string,
  isArtifact: (name: string) => boolean,
  before: Leftovers,
): void {
  if (from === to) return;
  mkdirSync(from, { recursive: true });
  for (const name of readdirSync(from).filter(isArtifact))
    if (before.get(name) !== writtenAt(join(from, name)))
      copyFileSync(join(from, name), join(to, name));
}

function writtenAt(path: string): bigint {
  return statSync(path, { bigint: true }).mtimeNs;
}

/** All artifacts in a directory, by name, with their digests. */
export function findArtifacts(
  directory: string,
  isArtifact: (name: string) => boolean,
): readonly FoundArtifact[] {
  return readdirSync(directory)
    .filter(isArtifact)
    .sort()
    .map((filename) => {
      const path = join(directory, filename);
      const bytes = readFileSync(path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { bytes, artifact: { filename, path, size: bytes.length, sha256 } };
    });
}

export function writeRecord(root: string, record: ArtifactRecord): void {
  const path = join(root, artifactsDirectory(record.project), recordFile);
  writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** The record of the last `package` run, or undefined when there is none. */
export function readRecord(root: string, project: string): ArtifactRecord | undefined {
  const path = join(root, artifactsDirectory(project), recordFile);
  if (!statSync(path, { throwIfNoEntry: false })) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as ArtifactRecord;
}

/** True when an artifact lies where it was built, with the bytes that it had. */
export function isArtifactIntact(
  root: string,
  project: string,
  wanted: { readonly ecosystem: string; readonly filename: string; readonly sha256: string },
): boolean {
  const path = join(root, artifactsDirectory(project), wanted.ecosystem, wanted.filename);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  return createHash('sha256').update(readFileSync(path)).digest('hex') === wanted.sha256;
}

/** The recorded artifacts of a package with their absolute paths. */
export function artifactsOf(
  root: string,
  project: string,
  packed: PackedPackage,
): readonly Artifact[] {
  const directory = join(root, artifactsDirectory(project), packed.ecosystem);
  return packed.artifacts.map((artifact) => ({
    ...artifact,
    path: join(directory, artifact.filename),
  }));
}
