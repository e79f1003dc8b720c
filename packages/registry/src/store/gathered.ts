/**
 * Does together what is asked for while it is busy: the first is done at once, those who come meanwhile are the next
 * round. Each waits for the end of its own round, which begins after it was asked for, and fails with it.
 */
export function gathered<Item, Result>(
  act: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Item[] = [];
  let next: Promise<readonly Result[]> | undefined;
  let current: Promise<unknown> = Promise.resolve();
  const begin = () => {
    const items = waiting;
    waiting = [];
    next = undefined;
    return act(items);
  };
  return async (item) => {
    const place = waiting.push(item) - 1;
    if (!next) {
      next = current.then(begin);
      current = next.catch(() => undefined);
    }
    // There is one for each item.
    return (await next)[place] as Result;
  };
}
