import { recent } from '../store';

/** What one bucket holds: `burst` at once, filled again at `perHour`. */
export interface BucketSize {
  readonly burst: number;
  readonly perHour: number;
}

/** Token buckets by key. The most recently used ones are kept; who is forgotten has a full one. */
export interface TokenBuckets {
  /** Takes one. Answers 0, or after how many seconds there will be one again. */
  take(key: string): number;
  /** Puts one back: what it was taken for did not count after all. */
  giveBack(key: string): void;
}

interface Bucket {
  left: number;
  /** Milliseconds of the last look. */
  at: number;
}

export function tokenBuckets(
  { burst, perHour }: BucketSize,
  now: () => Date,
  kept = 100_000,
): TokenBuckets {
  const buckets = recent<Bucket>(kept);
  const perMs = perHour / 3_600_000;
  const look = (key: string): Bucket => {
    const at = now().getTime();
    const bucket = buckets.get(key) ?? { left: burst, at };
    bucket.left = Math.min(burst, bucket.left + Math.max(0, at - bucket.at) * perMs);
    bucket.at = at;
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    take(key) {
      const bucket = look(key);
      if (bucket.left < 1) return secondsUntil(1 - bucket.left, perHour);
      bucket.left -= 1;
      return 0;
    },
    giveBack(key) {
      const bucket = look(key);
      bucket.left = Math.min(burst, bucket.left + 1);
    },
  };
}

/** Whole seconds, at least one; what the division leaves behind the point of a whole one does not count. */
function secondsUntil(missing: number, perHour: number): number {
  return Math.max(1, Math.ceil((missing * 3600) / perHour - 1e-6));
}
