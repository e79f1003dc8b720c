/** One byte span of one file replaced. The only way in which a manifest is ever changed. */
export interface Edit {
  /** Workspace-relative path with `/`. */
  readonly file: string;
  /** Byte offsets into the original file, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly newText: string;
  /** The text that stands at [start, end) now; checked before anything is written. */
  readonly expect: string;
  /** For people: `version 1.2.0 → 1.3.0`, `core ^1.2 → ^1.3`. */
  readonly reason: string;
  /** The requirement that it moves, or of which it moves a part; absent for everything else. */
  readonly about?: StatedRequirement;
}

export interface StatedRequirement {
  /** Registry name, as the manifest spells it. */
  readonly dependency: string;
  /** The requirement, or the clause of it, as it reads before the edit. */
  readonly from: string;
}

/** `violated` changes a requirement only if the new version does not satisfy it; `always` raises its lower bound. */
export type RequirementPolicy = 'violated' | 'always';

/** What a manifest is asked to say from now on. Versions are native spellings. */
export interface ManifestChange {
  readonly version?: string;
  /** Registry names of dependencies of the same ecosystem and the versions they have now. */
  readonly requirements?: readonly RequirementChange[];
}

export interface RequirementChange {
  readonly name: string;
  readonly version: string;
  readonly policy: RequirementPolicy;
}
