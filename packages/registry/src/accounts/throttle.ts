import { fail, type Result } from '@forge/ecosystems';
import { networkOf } from '../limits/network-of';
import { tokenBuckets, type BucketSize } from '../limits/token-buckets';
import { TooMany } from '../limits/too-many';

/**
 * Failed attempts to get in, counted per address (see `networkOf`), per name from one address, and per name, so that
 * neither one password for many names nor many addresses for one name goes on for long, and few mistakes lock nobody
 * out.
 */
export interface Throttle {
  /**
   * Makes an attempt; one that is refused counts. Those for one name from one address wait for each other, so that right
   * ones never fill the measure, however many come at a time. FORGE-R041, with the seconds after which there is leave.
   */
  attempt<T>(name: string, address: string, check: () => Promise<Result<T>>): Promise<Result<T>>;
}

const sizes = {
  address: { burst: 30, perHour: 120 },
  pair: { burst: 5, perHour: 20 },
  name: { burst: 100, perHour: 200 },
} as const;

export function openThrottle(now: () => Date): Throttle {
  const measures = [
    measure(sizes.address, now, (_, address) => address),
    measure(sizes.pair, now, pairOf),
    measure(sizes.name, now, (name) => name),
  ];
  const oneByOne = queues();
  return {
    attempt: (name, address, check) => {
      const network = networkOf(address);
      return oneByOne(pairOf(name, network), async () => {
        const leave = enter(measures.map((each) => each(name, network)));
        if (typeof leave === 'number')
          return fail(new TooMany('FORGE-R041', 'there were too many attempts', leave));
        let isRefused = false;
        try {
          const checked = await check();
          isRefused = !checked.ok;
          return checked;
        } finally {
          if (!isRefused) leave();
        }
      });
    },
  };
}

function pairOf(name: string, address: string): string {
  return `${name} ${address}`;
}

/** One of the things by which attempts are counted, for one of them. */
interface Measure {
  take(): number;
  giveBack(): void;
}

function measure(
  size: BucketSize,
  now: () => Date,
  keyOf: (name: string, address: string) => string,
) {
  const buckets = tokenBuckets(size, now);
  return (name: string, address: string): Measure => {
    const key = keyOf(name, address);
    return { take: () => buckets.take(key), giveBack: () => buckets.giveBack(key) };
  };
}

/**
 * Takes from each in turn; answers how to give that back. Where one has nothing left nothing is taken, and the answer
 * is the seconds to wait: who is refused at one address uses up nothing of what others have for that name.
 */
function enter(measures: readonly Measure[]): number | (() => void) {
  const taken: Measure[] = [];
  const giveBack = () => taken.forEach((each) => each.giveBack());
  for (const each of measures) {
    const wait = each.take();
    if (wait > 0) {
      giveBack();
      return wait;
    }
    taken.push(each);
  }
  return giveBack;
}

/** Runs acts of one key after each other. */
function queues() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(key: string, act: () => Promise<T>): Promise<T> => {
    const mine = Promise.resolve(last.get(key)).then(act, act);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
