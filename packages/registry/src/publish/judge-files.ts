import { ForgeError } from '@forge/ecosystems';
import type { ReceivedFile } from './digests';

/** A file that the package has, and the version it belongs to. */
export interface PresentFile {
  readonly filename: string;
  readonly sha256: string;
  readonly versionId: number;
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
  const byName = new Map(present.map((file) => [file.filename, file]));
  const added = received.filter(({ filename }) => !byName.has(filename));
  const other = received.find((file) => {
    const there = byName.get(file.filename);
    return there && (there.sha256 !== file.sha256 || there.versionId !== versionId);
  });
  if (other) return drift(`\`${other.filename}\` exists with other content`);
  if (added.length === 0) return { kind: 'same' };
  if (versionId === undefined || mayGather) return { kind: 'new', files: added };
  return drift('the version exists with other files');
}

function drift(what: string): Verdict {
  return { kind: 'other', problem: new ForgeError('FORGE-R006', { what }) };
}
