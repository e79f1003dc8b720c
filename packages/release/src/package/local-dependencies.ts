import type { Manifest } from '@forge/ecosystems';
import type { EdgesBySource } from '../graph/edges';
import type { LocalEdge, PackageNode } from '../graph/model';

/**
 * Manifests of the same ecosystem that a package needs, transitively, dependencies first. Every package and
 * every edge is looked at once, without recursion: chains may be long. Where packages need each other, the one
 * that was reached first comes last.
 */
export function localDependencies(start: PackageNode, edges: EdgesBySource): readonly Manifest[] {
  const entered = new Set([start]);
  const found: Manifest[] = [];
  const path = [{ node: start, rest: needsOf(start, edges) }];
  for (let at = path.at(-1); at; at = path.at(-1)) {
    const next = at.rest.pop();
    if (!next) {
      path.pop();
      if (at.node !== start) found.push(at.node.manifest);
    } else if (!entered.has(next.to)) {
      entered.add(next.to);
      path.push({ node: next.to, rest: needsOf(next.to, edges) });
    }
  }
  return found;
}

/** Last one first, to be taken from the end. */
function needsOf(node: PackageNode, edges: EdgesBySource): LocalEdge[] {
  return (edges.get(node) ?? [])
    .filter(({ kind, to }) => kind !== 'dev' && to.ecosystem === node.ecosystem)
    .reverse();
}
