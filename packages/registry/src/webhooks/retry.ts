/** Attempts in all: with the pauses between them a receiver may be away for almost six hours. */
export const mostAttempts = 12;

const firstPauseMs = 10_000;
const longestPauseMs = 3 * 60 * 60_000;

/**
 * How long to wait behind an attempt: twice as long each time, give or take a tenth, so that what failed together is
 * not tried together. A receiver may ask for longer. `undefined` where there is no further attempt.
 */
export function pauseAfter(
  attempt: number,
  chance: number,
  retryAfterSeconds = 0,
): number | undefined {
  if (attempt >= mostAttempts) return undefined;
  const pause = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
  const wanted = Math.min(retryAfterSeconds * 1000, longestPauseMs);
  return Math.max(Math.round(pause * (0.9 + chance * 0.2)), wanted);
}
