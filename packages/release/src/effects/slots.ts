/** Runs the work when a slot is free; the highest `rank` of those that wait comes first. */
export type Slots = <T>(work: () => Promise<T>, rank?: number) => Promise<T>;

/** For questions to registries: all those of a large release at once would open a connection for each package. */
export const questionSlots = (): Slots => slots(32);

interface Waiting {
  readonly rank: number;
  readonly start: () => void;
}

/**
 * Lets at most `count` pieces of work run at once. Slots are given out at the end of a turn of the event loop, so
 * that all that became ready in it compete, whatever their order.
 */
export function slots(count: number): Slots {
  let free = count;
  let isPlanned = false;
  let waiting: Waiting[] = [];

  function giveOut(): void {
    isPlanned = false;
    if (waiting.length > free) waiting.sort((a, b) => b.rank - a.rank);
    const chosen = waiting.slice(0, free);
    waiting = waiting.slice(free);
    free -= chosen.length;
    for (const { start } of chosen) start();
  }

  function plan(): void {
    if (isPlanned || free === 0 || waiting.length === 0) return;
    isPlanned = true;
    setImmediate(giveOut);
  }

  return async (work, rank = 0) => {
    await new Promise<void>((start) => {
      waiting.push({ rank, start });
      plan();
    });
    try {
      return await work();
    } finally {
      free += 1;
      plan();
    }
  };
}
