/** A number for each thing in memory, always the same one: tells whether it is another, and keeps nothing of it. */
export function numbers(): (thing: object) => string {
  const known = new WeakMap<object, number>();
  let last = 0;
  return (thing) => {
    const number = known.get(thing) ?? (last += 1);
    known.set(thing, number);
    return String(number);
  };
}
