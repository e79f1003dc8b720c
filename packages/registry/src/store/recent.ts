/** The most recently used values, up to a limit; what falls out is the one not asked for the longest. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
}

/** The limit is a number of values, or what `weigh` says of all of them together. */
export function recent<Value>(
  limit: number,
  weigh: (value: Value) => number = () => 1,
): Recent<Value> {
  const values = new Map<string, Value>();
  let weight = 0;
  const drop = (key: string, value: Value) => {
    values.delete(key);
    weight -= weigh(value);
  };
  const take = (key: string) => {
    const value = values.get(key);
    if (value !== undefined) drop(key, value);
    return value;
  };
  const keep = (key: string, value: Value) => {
    values.set(key, value);
    weight += weigh(value);
  };
  return {
    get(key) {
      const value = take(key);
      if (value !== undefined) keep(key, value);
      return value;
    },
    set(key, value) {
      take(key);
      keep(key, value);
      for (const [oldest, each] of values) {
        if (weight <= limit) break;
        drop(oldest, each);
      }
    },
    delete: (key) => void take(key),
    clear() {
      values.clear();
      weight = 0;
    },
  };
}
