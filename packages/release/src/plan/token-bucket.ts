import type { RateLimit } from '@forge/ecosystems';

/** Takes one token and says how many milliseconds from `now` it may be used. Tokens are given out in order. */
export type TokenBucket = (now: number) => number;

/** A full bucket at `start`, from which requests may be ahead: who comes later waits longer. */
export function tokenBucket({ requests, perMs, burst }: RateLimit, start: number): TokenBucket {
  const perToken = perMs / requests;
  let [tokens, at] = [burst, start];
  return (now) => {
    tokens = Math.min(burst, tokens + Math.max(0, now - at) / perToken) - 1;
    at = Math.max(at, now);
    return tokens >= 0 ? 0 : Math.ceil(-tokens * perToken);
  };
}
