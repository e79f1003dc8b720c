import type { EdgesBySource } from '../graph/edges';
import { groupBy } from '../graph/group-by';
import type { PackageNode, WorkspaceModel } from '../graph/model';
import { ordersPublishing } from '../graph/order';
import type { NxProjects } from './release-group';

/** What the artifacts of a project are made of, as directories of projects. */
export interface Makeup {
  /** The project itself and what is embedded in it. */
  readonly own: ReadonlySet<string>;
  /** What is compiled into it, or needed by what is embedded in it; none of `own`. */
  readonly linked: ReadonlySet<string>;
}

export interface MakeupContext {
  readonly model: WorkspaceModel;
  readonly edges: EdgesBySource;
  readonly nx: NxProjects;
}

/**
 * Follows what ends up inside: embedded packages, what those need, and what is needed without being published.
 * A published package that is only required stays outside, since its users get it from the registry: Nx's
 * `updateDependents` decides about that. Dev dependencies never count.
 *
 * Edges that Nx has from elsewhere (`implicitDependencies`, imports) count as if they were compiled in.
 */
export function makeupFinder({ model, edges, nx }: MakeupContext): (root: string) => Makeup {
  const packagesAt = groupBy(model.packages, ({ root }) => root);
  const nameAt = new Map([...nx.roots].map(([name, root]) => [root, name]));
  const at = (root: string): readonly PackageNode[] => packagesAt.get(root) ?? [];

  /** Directories that Nx says a project needs and that no manifest speaks of. */
  function unexplained(root: string): string[] {
    const explained = new Set(
      at(root)
        .flatMap((node) => edges.get(node) ?? [])
        .map(({ to }) => to.root),
    );
    const needs = nx.needs.get(nameAt.get(root) ?? '') ?? [];
    return needs.flatMap((name) => {
      const other = nx.roots.get(name);
      return other === undefined || other === root || explained.has(other) ? [] : [other];
    });
  }

  function inside(node: PackageNode, isStart: boolean): PackageNode[] {
    const isRequired = isStart && node.role === 'published';
    return (edges.get(node) ?? [])
      .filter((edge) => edge.kind === 'embed' || ordersPublishing(edge))
      .filter(({ kind, to }) => kind === 'embed' || !isRequired || to.role !== 'published')
      .map(({ to }) => to);
  }

  return (root) => {
    const starts = new Set(at(root));
    const roots = new Set([root]);
    const nodes = new Set(starts);
    // Sets visit what is added while they are walked, so both walks see what the other one finds.
    for (let size = -1; size !== roots.size + nodes.size;) {
      size = roots.size + nodes.size;
      for (const node of nodes) {
        for (const each of inside(node, starts.has(node))) nodes.add(each);
        roots.add(node.root);
      }
      for (const each of roots) {
        for (const other of unexplained(each)) {
          roots.add(other);
          for (const node of at(other)) nodes.add(node);
        }
      }
    }
    const own = embeddedIn(starts, edges).add(root);
    return { own, linked: new Set([...roots].filter((each) => !own.has(each))) };
  };
}

function embeddedIn(starts: ReadonlySet<PackageNode>, edges: EdgesBySource): Set<string> {
  const nodes = new Set(starts);
  for (const node of nodes)
    for (const { kind, to } of edges.get(node) ?? []) if (kind === 'embed') nodes.add(to);
  return new Set([...nodes].map(({ root }) => root));
}
