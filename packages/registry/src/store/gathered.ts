/**
 * Does together what is asked for while it is busy: the first is done at once, those who come meanwhile are the next
 * round. Each waits for the end of its own round, which begins after it was asked for, and fails with it. A round that
 * takes longer than `patienceMs` holds up none but its own: the next one begins beside it.
 */
export function gathered<Item, Result>(
  act: (items: readonly Item[]) => Promise<readonly Result[]>,
  patienceMs = Infinity,
): (item: Item) => Promise<Result> {
  let waiting: Item[] = [];
  let next: Promise<readonly Result[]> | undefined;
  let current: Promise<unknown> = Promise.resolve();
  const begin = () => {
    const items = waiting;
    waiting = [];
    next = undefined;
    const round = act(items);
    current = endOrPatience(round, patienceMs);
    return round;
  };
  return async (item) => {
    const place = waiting.push(item) - 1;
    next ??= current.then(begin);
    // There is one for each item.
    return (await next)[place] as Result;
  };
}

/** Resolves as soon as the round has ended, however it did, or so many milliseconds are over. */
function endOrPatience(round: Promise<unknown>, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = Number.isFinite(patienceMs) ? setTimeout(resolve, patienceMs) : undefined;
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    round.then(end, end);
  });
}
