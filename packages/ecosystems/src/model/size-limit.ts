/** How large a file a public registry takes. */
export interface SizeLimit {
  readonly maxBytes: number;
  /** True where the registry gives single packages more room when it is asked. */
  readonly raisable: boolean;
  /** Where it is written. */
  readonly source: string;
}
