import { tokenBuckets } from '../limits/token-buckets';

/**
 * Failed attempts to get in, counted per name from one address, per address and per name, so that neither one password
 * for many names nor many addresses for one name goes on for long, and few mistakes lock nobody out.
 */
export interface Throttle {
  /** Asks leave for one attempt: 0, or the seconds after which there is one. */
  enter(name: string, address: string): number;
  /** The attempt was none: the password was right. */
  leave(name: string, address: string): void;
}

const sizes = {
  pair: { burst: 5, perHour: 20 },
  address: { burst: 30, perHour: 120 },
  name: { burst: 100, perHour: 200 },
} as const;

export function openThrottle(now: () => Date): Throttle {
  const pairs = tokenBuckets(sizes.pair, now);
  const addresses = tokenBuckets(sizes.address, now);
  const names = tokenBuckets(sizes.name, now);
  const of = (name: string, address: string) =>
    [
      [pairs, `${name} ${address}`],
      [addresses, address],
      [names, name],
    ] as const;
  return {
    enter: (name, address) =>
      Math.max(...of(name, address).map(([buckets, key]) => buckets.take(key))),
    leave(name, address) {
      for (const [buckets, key] of of(name, address)) buckets.giveBack(key);
    },
  };
}
