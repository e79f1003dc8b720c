interface State<T> {
  readonly node: T;
  readonly rest: Iterator<T>;
  readonly index: number;
  low: number;
  component: number | undefined;
}

/**
 * Strongly connected components: nodes of one number reach each other. Tarjan's algorithm, without recursion,
 * since chains of packages may be long.
 */
export function components<T>(graph: ReadonlyMap<T, Iterable<T>>): ReadonlyMap<T, number> {
  const states = new Map<T, State<T>>();
  const open: State<T>[] = [];
  let count = 0;
  for (const start of graph.keys()) {
    if (!states.has(start)) visit(start);
  }
  const numbers = new Map<T, number>();
  for (const { node, component = 0 } of states.values()) numbers.set(node, component);
  return numbers;

  function visit(start: T): void {
    const path = [enter(start)];
    for (let state = path.at(-1); state; state = path.at(-1)) {
      const next = state.rest.next();
      if (next.done) {
        path.pop();
        leave(state, path.at(-1));
        continue;
      }
      const known = states.get(next.value);
      if (!known) path.push(enter(next.value));
      else if (known.component === undefined) state.low = Math.min(state.low, known.index);
    }
  }

  function enter(node: T): State<T> {
    const rest = (graph.get(node) ?? [])[Symbol.iterator]();
    const state = { node, rest, index: states.size, low: states.size, component: undefined };
    states.set(node, state);
    open.push(state);
    return state;
  }

  function leave(state: State<T>, parent: State<T> | undefined): void {
    if (parent) parent.low = Math.min(parent.low, state.low);
    if (state.low !== state.index) return;
    for (let each = open.pop(); each; each = open.pop()) {
      each.component = count;
      if (each === state) break;
    }
    count += 1;
  }
}
