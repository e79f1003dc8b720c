import type { Artifact, UnpackedArtifact } from '@forge/ecosystems';
import type { PackageNode } from '../../graph/model';

/** An artifact with everything in it, about to be judged. */
export interface Subject extends UnpackedArtifact {
  readonly node: PackageNode;
  readonly artifact: Pick<Artifact, 'filename'>;
  /** Packages that are in it as source. */
  readonly shipped: readonly PackageNode[];
  /** Whether the user allows what a check finds at this path, relative to the package. */
  readonly isAllowed: (path: string) => boolean;
}

/** Relative to the package, as people know it. */
export function pathInPackage({ top }: Pick<Subject, 'top'>, path: string): string {
  return top !== '' && path.startsWith(`${top}/`) ? path.slice(top.length + 1) : path;
}

/** A place inside the archive, for messages. */
export function placeIn({ artifact }: Subject, path: string): string {
  return `${artifact.filename}/${path}`;
}
