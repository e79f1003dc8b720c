/** How long publishing waits for what, in milliseconds. */
export interface Deadlines {
  /** One upload, until no answer counts as none. */
  readonly uploadWithin: number;
  /** An uploaded version, until everybody must be able to see it. */
  readonly visibleWithin: number;
  /** A package whose upload got no good answer: asked for and tried again for so long. */
  readonly retryWithin: number;
  /** A package's turn, where the registry documents a limit. */
  readonly limitWithin: number;
}

const minute = 60_000;

/** Ten minutes of tries cover the wait after an answer of 429 for a new name, and what most outages take. */
export const defaultDeadlines: Deadlines = {
  uploadWithin: 10 * minute,
  visibleWithin: 5 * minute,
  retryWithin: 10 * minute,
  limitWithin: 60 * minute,
};

/** The first pause and the longest one; each is twice the one before. */
export interface Backoff {
  readonly first: number;
  readonly longest: number;
}

export const backoffs = {
  /** After no answer: most outages of a registry are seconds long. */
  unreachable: { first: 1000, longest: minute },
  /** After 429 that does not say until when. */
  throttled: { first: 5000, longest: 2 * minute },
  /** Until a version is visible: an index is often a second behind, sometimes minutes. */
  visible: { first: 100, longest: 5000 },
} as const satisfies Record<string, Backoff>;

/** The pause after the `tries`-th try, counted from 1. */
export function pauseAfter({ first, longest }: Backoff, tries: number): number {
  return Math.min(first * 2 ** Math.min(tries - 1, 30), longest);
}
