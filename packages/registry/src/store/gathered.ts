/**
 * Does together what is asked for while it is busy: the first is done at once, those who come meanwhile are the next
 * round. Each waits for the end of its own round, and fails with it.
 */
export function gathered<Item>(
  act: (items: readonly Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  let waiting: Item[] = [];
  let next: Promise<void> | undefined;
  let current: Promise<unknown> = Promise.resolve();
  const begin = () => {
    const items = waiting;
    waiting = [];
    next = undefined;
    return act(items);
  };
  return (item) => {
    waiting.push(item);
    if (next) return next;
    const round = current.then(begin);
    next = round;
    current = round.catch(() => undefined);
    return round;
  };
}
