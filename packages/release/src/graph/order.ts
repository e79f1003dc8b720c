import { components } from './components';
import { groupBy } from './group-by';
import type { LocalEdge, PackageNode, WorkspaceModel } from './model';

/** True for edges that publishing has to follow: everything but `dev`. */
export function ordersPublishing({ kind }: LocalEdge): boolean {
  return kind !== 'dev';
}

/**
 * For each published package, the published packages that must be live before it: the nearest ones along
 * runtime, build, optional, peer and embed edges, seen through packages that are not published themselves.
 */
export function publishUpstream(
  model: WorkspaceModel,
): ReadonlyMap<PackageNode, readonly PackageNode[]> {
  const edges = groupBy(model.edges.filter(ordersPublishing), ({ from }) => from);
  const published = model.packages.filter(({ role }) => role === 'published');
  return new Map(published.map((each) => [each, nearestPublished(each, edges)]));
}

function nearestPublished(
  start: PackageNode,
  edges: ReadonlyMap<PackageNode, readonly LocalEdge[]>,
): PackageNode[] {
  const seen = new Set([start]);
  const found: PackageNode[] = [];
  const queue = [start];
  for (let node = queue.pop(); node; node = queue.pop()) {
    for (const { to } of edges.get(node) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      if (to.role === 'published') found.push(to);
      else queue.push(to);
    }
  }
  return found;
}

/**
 * The same between projects: for each root with something published, the roots that go first. Roots that wait
 * for each other in a cycle are left without an order among themselves, since Nx refuses a cyclic task graph
 * as a whole; preflight names the cycle (FORGE-G002).
 */
export function projectUpstream(model: WorkspaceModel): ReadonlyMap<string, readonly string[]> {
  const upstream = new Map<string, Set<string>>();
  for (const [{ root }, nodes] of publishUpstream(model)) {
    const roots = upstream.get(root) ?? new Set();
    for (const node of nodes) if (node.root !== root) roots.add(node.root);
    upstream.set(root, roots);
  }
  const component = components(upstream);
  return new Map(
    [...upstream].map(([root, roots]) => [
      root,
      [...roots].filter((other) => component.get(other) !== component.get(root)),
    ]),
  );
}
