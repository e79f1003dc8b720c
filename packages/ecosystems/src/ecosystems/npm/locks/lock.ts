import type { Edit, RequirementPolicy, Source } from '../../../model';
import { editAt } from '../../../text';

/** A requirement as it stood in a manifest or catalog, and as it stands from now on. Lock files repeat the text. */
export interface LockedText {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** What a change of one manifest means for a lock file. */
export interface LockChange {
  /** Directory of the manifest, relative to the lock file's; empty for the same one. */
  readonly directory: string;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly texts: readonly (LockedText & { readonly section: string })[];
  readonly catalogs: readonly (LockedText & { readonly catalog: string })[];
  /** Packages of the workspace that the manifest depends on, and the versions they have now. */
  readonly versions: readonly LockedVersion[];
}

export interface LockedVersion {
  readonly name: string;
  readonly version: string;
  readonly policy: RequirementPolicy;
}

/** A lock file, looked through once for all changes of a session. */
export interface Lock {
  /** Of the packages of the repository that it holds, relative to its own; empty for the same one. */
  readonly directories: Iterable<string>;
  /** Own entries only, in place: nothing is added, and nothing third-party moves. */
  edits(change: LockChange): readonly Edit[];
}

export interface LockFormat {
  readonly files: readonly string[];
  open(source: Source): Lock;
}

/** Offsets of a text in the lock file, whatever is to be replaced included. */
export interface LockPlace {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edit of a text that says `from`; nothing for one that says anything else. */
export function replaceLocked(
  source: Source,
  place: LockPlace | undefined,
  { key, from, to, spelled = to }: LockedText & { readonly spelled?: string },
): Edit[] {
  if (place === undefined || place.text !== from || from === to) return [];
  const reason = `${source.file}: ${key} ${from} → ${to}`;
  return [editAt(source, place.start, place.end, spelled, reason)];
}
