import type { Refusal, WireRoute } from '@forge/ecosystems';
import { toRefusal } from '../publish/refusal';
import { networkOf } from './network-of';
import { tokenBuckets, type BucketSize } from './token-buckets';
import { TooMany } from './too-many';

/** How often a route may be called. */
export type RateClass = 'unlimited' | 'read' | 'search' | 'write' | 'login';

export type Rates = Readonly<Partial<Record<RateClass, BucketSize>>>;

/**
 * For a team on one server, per user, or per address of who has no token. Reads have no limit: one install makes a
 * thousand of them, and must never starve. A release of 500 packages is one burst of writes.
 */
export const usualRates: Rates = {
  search: { burst: 60, perHour: 3600 },
  write: { burst: 2000, perHour: 5000 },
  login: { burst: 20, perHour: 240 },
};

export interface RateLimits {
  /** FORGE-R048 with the seconds to wait, for who asks too often; counts the request otherwise. */
  check(rate: RateClass, user: string | undefined, address: string): Refusal | undefined;
}

/** Limits by class; a class without a rate has none. */
export function openRateLimits(rates: Rates, now: () => Date): RateLimits {
  const buckets = new Map(
    Object.entries(rates).map(([rate, size]) => [rate, tokenBuckets(size, now)] as const),
  );
  return {
    check(rate, user, address) {
      // Who tries names and passwords has many of them, and one address.
      const key =
        user === undefined || rate === 'login' ? `at ${networkOf(address)}` : `by ${user}`;
      const wait = buckets.get(rate)?.take(key) ?? 0;
      if (wait === 0) return undefined;
      return toRefusal([new TooMany('FORGE-R048', `there were too many requests (${rate})`, wait)]);
    },
  };
}

const classes: Readonly<Record<WireRoute['kind'], RateClass>> = {
  static: 'read',
  whoami: 'read',
  user: 'read',
  package: 'read',
  index: 'read',
  log: 'read',
  file: 'read',
  search: 'search',
  publish: 'write',
  attach: 'write',
  change: 'write',
  token: 'write',
  'sign-in': 'login',
};

/** The class of a route of a protocol. */
export function rateOf(route: WireRoute): RateClass {
  if (route.kind === 'sign-in' && route.bringsToken) return 'read';
  return classes[route.kind];
}
