/** How often a public registry lets one account, or one address, do something: a bucket that fills up again. */
export interface RateLimit {
  /** What counts: a question, any upload, the first upload of a new name, or one under a name that is there. */
  readonly on: 'read' | 'upload' | 'new-package' | 'new-version';
  /** So many in every `perMs`, after the first `burst`. */
  readonly requests: number;
  readonly perMs: number;
  readonly burst: number;
  /** Where it is written. */
  readonly source: string;
}
