import type { Artifact, ForgeError, UnpackedArtifact } from '@forge/ecosystems';
import { globExpression } from '../../graph/workspace-globs';
import type { PackageNode } from '../../graph/model';
import { credentials } from './credentials';
import { knownSecrets } from './known-secrets';
import { badLinks } from './links';
import { clashingMembers, strayMembers } from './member-paths';
import { shippedSourceProblems } from './shipped-sources';
import type { Subject } from './subject';

export interface ContentContext {
  readonly node: PackageNode;
  readonly shipped: readonly PackageNode[];
  /** Globs of paths, relative to the package, at which the user allows what would be refused. */
  readonly allow: readonly string[];
}

/** Everything that must not go out, in the very archive that will be uploaded. All problems, of all kinds. */
export function contentProblems(
  artifact: Pick<Artifact, 'filename'>,
  unpacked: UnpackedArtifact,
  { node, shipped, allow }: ContentContext,
): readonly ForgeError[] {
  const globs = allow.map((glob) => globExpression(glob, { dot: true }));
  const subject: Subject = {
    ...{ node, artifact, shipped, ...unpacked },
    isAllowed: (path) => globs.some((glob) => glob.test(path)),
  };
  return [
    ...strayMembers(subject),
    ...clashingMembers(subject),
    ...badLinks(subject),
    ...credentials(subject, knownSecrets()),
    ...shippedSourceProblems(subject),
  ];
}
