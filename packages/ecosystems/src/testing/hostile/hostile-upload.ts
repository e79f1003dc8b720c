import type { KitUpload } from '../conformance-kit';

/** A request of the kind that publishes, which no registry may follow. */
export interface HostileUpload {
  /** What is wrong with it. */
  readonly what: string;
  readonly request: KitUpload['request'];
}

/** Bytes that no reader may take for an archive of a package. */
export interface HostileBytes {
  readonly what: string;
  readonly bytes: Uint8Array;
}

/** Each ecosystem has one in `testing/hostile.ts` of its folder; the same seed makes the same uploads. */
export type HostileUploads = (random: () => number) => readonly HostileUpload[];
