import { createHash } from 'node:crypto';
import type { Edit } from '@forge/ecosystems';

/** A whole release as data: plain JSON, in a stable order, so that equal plans have equal hashes. */
export interface ReleasePlan {
  readonly formatVersion: 2;
  /** Published packages first by wave, then by identity; embedded and private ones last. */
  readonly packages: readonly PlannedPackage[];
  /** Sorted by file, then by position. */
  readonly edits: readonly PlannedEdit[];
}

export interface PlannedPackage {
  readonly project: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly manifest: string;
  /** Native spelling; null when the manifest leaves it open. */
  readonly from: string | null;
  /** Native spelling. */
  readonly to: string;
  /** The SemVer string of the release. */
  readonly canonical: string;
  /** Why it gets this version, for people: ``the given specifier `minor` ``. */
  readonly reason: string;
  /** 1-based turn of the upload; packages of one wave go up side by side. Absent when nothing is uploaded. */
  readonly wave?: number;
}

export interface PlannedEdit extends Edit {
  /** 1-based. */
  readonly line: number;
  /** Why the place changes, for people: ``core 1.2.0 → 2.0.0 violates ^1.2``, ``follows `core` ``. */
  readonly why: string;
  /** The manifest whose package the edit belongs to; absent for followers that are no manifests. */
  readonly manifest?: string;
}

/** sha256 of the plan's JSON, lower-case hex. */
export function hashPlan(plan: ReleasePlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}
