import { ForgeError } from '@forge/ecosystems';
import type { ReceivedFile } from './digests';

/** A file that the package has, and the version it belongs to. */
export interface PresentFile {
  readonly filename: string;
  readonly sha256: string;
  readonly versionId: number;
  /** Taken back; its name is used up all the same. */
  readonly isRemoved: boolean;
}

/** What an upload is, seen against what is there. */
export type Verdict =
  | { readonly kind: 'new'; readonly files: readonly ReceivedFile[] }
  | { readonly kind: 'same' }
  | { readonly kind: 'other'; readonly problem: ForgeError };

interface Case {
  readonly received: readonly ReceivedFile[];
  /** All files of the package: a filename stands for one content, whatever the version. */
  readonly present: readonly PresentFile[];
  /** The version, if it is there. */
  readonly versionId: number | undefined;
  /** True where later uploads may add files to a version. */
  readonly mayGather: boolean;
}

/** New, the same bytes again, or other bytes under a name that is taken. */
export function judgeFiles({ received, present, versionId, mayGather }: Case): Verdict {
  const burnt = findBurnt(received, present, mayGather ? undefined : versionId);
  if (burnt) return refused('FORGE-R012', `\`${burnt.filename}\` was published and taken back`);
  const byName = new Map(present.map((file) => [file.filename, file]));
  const added = received.filter(({ filename }) => !byName.has(filename));
  const other = received.find((file) => {
    const there = byName.get(file.filename);
    return there && (there.sha256 !== file.sha256 || there.versionId !== versionId);
  });
  if (other) return refused('FORGE-R006', `\`${other.filename}\` exists with other content`);
  if (added.length === 0) return { kind: 'same' };
  // A version whose files may all be published anew has none.
  const isTaken = present.some((file) => file.versionId === versionId);
  if (!isTaken || mayGather) return { kind: 'new', files: added };
  return refused('FORGE-R006', 'the version exists with other files');
}

/** A file of the names that were taken back, or any such file of a version that takes no further ones. */
function findBurnt(
  received: readonly ReceivedFile[],
  present: readonly PresentFile[],
  closedVersion: number | undefined,
): PresentFile | undefined {
  const names = new Set(received.map(({ filename }) => filename));
  return present.find(
    ({ filename, versionId, isRemoved }) =>
      isRemoved && (names.has(filename) || versionId === closedVersion),
  );
}

function refused(code: 'FORGE-R006' | 'FORGE-R012', what: string): Verdict {
  return { kind: 'other', problem: new ForgeError(code, { what }) };
}
