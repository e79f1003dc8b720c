/** Strongly connected components by Tarjan's algorithm, iterative: chains of packages may be long. */
export function components<T>(graph: ReadonlyMap<T, Iterable<T>>): ReadonlyMap<T, number> {
  const index = new Map<T, number>();
  const low = new Map<T, number>();
  const component = new Map<T, number>();
  const open: T[] = [];
  let count = 0;
  for (const start of graph.keys()) {
    if (!index.has(start)) visit(start);
  }
  return component;

  function visit(start: T): void {
    const path = [enter(start)];
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const next = frame.rest.next();
      if (!next.done) {
        if (!index.has(next.value)) path.push(enter(next.value));
        else if (!component.has(next.value)) lower(frame.node, index.get(next.value) ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(parent.node, low.get(frame.node) ?? 0);
      if (low.get(frame.node) === index.get(frame.node)) close(frame.node);
    }
  }

  function enter(node: T): { node: T; rest: Iterator<T> } {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    return { node, rest: (graph.get(node) ?? [])[Symbol.iterator]() };
  }

  function lower(node: T, value: number): void {
    low.set(node, Math.min(low.get(node) ?? value, value));
  }

  function close(node: T): void {
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      component.set(each, count);
      if (each === node) break;
    }
    count += 1;
  }
}
