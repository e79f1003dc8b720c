import type { Digest } from './artifact';

/** What a registry says of one version. `unknown` (an outage, a 5xx) is never `absent`. */
export type Presence =
  | { readonly state: 'present'; readonly files: readonly RemoteFile[]; readonly yanked?: boolean }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly reason: string };

export interface RemoteFile {
  readonly filename: string;
  readonly url: string;
  /** At least one; compared with the artifact by the same algorithm. */
  readonly digests: readonly Digest[];
}

/** What became of one upload, as classified from a tool's exit code and output or from a response. */
export type UploadOutcome =
  | { readonly kind: 'published' }
  | { readonly kind: 'already-there' }
  | { readonly kind: 'needs-credentials'; readonly detail: string }
  | { readonly kind: 'forbidden'; readonly detail: string }
  | { readonly kind: 'conflict'; readonly detail: string }
  | { readonly kind: 'rejected'; readonly detail: string }
  /** 429, with the milliseconds or the time (since the epoch) to wait for, where the answer or the tool says it. */
  | {
      readonly kind: 'throttled';
      readonly detail: string;
      readonly retryAfter?: number;
      readonly until?: number;
    }
  /** No answer, or one of 5xx: whether the upload was taken is not known. */
  | { readonly kind: 'unreachable'; readonly detail: string };
