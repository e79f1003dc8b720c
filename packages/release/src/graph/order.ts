import { components } from './components';
import { edgesBySource, type EdgesBySource } from './edges';
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
  edges: EdgesBySource = edgesBySource(model),
): ReadonlyMap<PackageNode, readonly PackageNode[]> {
  const published = model.packages.filter(({ role }) => role === 'published');
  return new Map(published.map((node) => [node, nearestPublished(node, edges)]));
}

function nearestPublished(start: PackageNode, edges: EdgesBySource): PackageNode[] {
  const found = new Set<PackageNode>();
  const passed = new Set([start]);
  // A Set visits what is added while it is walked.
  for (const node of passed) {
    for (const edge of edges.get(node) ?? []) {
      if (!ordersPublishing(edge)) continue;
      if (edge.to.role !== 'published') passed.add(edge.to);
      else if (edge.to !== start) found.add(edge.to);
    }
  }
  return [...found];
}

/**
 * The same between projects: for each root with something published, the roots that go first. Roots that wait
 * for each other in a cycle are left without an order among themselves, since Nx refuses a cyclic task graph
 * as a whole; preflight names the cycle (FORGE-G002).
 */
export function projectUpstream(
  model: WorkspaceModel,
  edges: EdgesBySource = edgesBySource(model),
): ReadonlyMap<string, readonly string[]> {
  const upstream = new Map<string, Set<string>>();
  for (const [node, nodes] of publishUpstream(model, edges)) {
    const roots = upstream.get(node.root) ?? new Set();
    for (const { root } of nodes) if (root !== node.root) roots.add(root);
    upstream.set(node.root, roots);
  }
  const component = components(upstream);
  const ordered = new Map<string, readonly string[]>();
  for (const [root, roots] of upstream) {
    const own = component.get(root);
    ordered.set(
      root,
      [...roots].filter((each) => component.get(each) !== own),
    );
  }
  return ordered;
}
