/** Whoever asks for a key that is being made already waits for that one. */
export function oneAtATime<Value>(): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const running = new Map<string, Promise<Value>>();
  return (key, make) => {
    const other = running.get(key);
    if (other) return other;
    const made = make().finally(() => running.delete(key));
    running.set(key, made);
    return made;
  };
}
