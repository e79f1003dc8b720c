import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';

/** For each published package the published packages that must be visible before it goes up. */
export type Upstream = ReadonlyMap<PackageNode, readonly PackageNode[]>;

/**
 * Packages in waves, dependencies first. Only `members` count; what lies outside is taken as live.
 * FORGE-G002 names the cycle.
 */
export function publishWaves(
  members: readonly PackageNode[],
  upstream: Upstream,
): Result<readonly (readonly PackageNode[])[]> {
  const open = new Set(members);
  const waves: PackageNode[][] = [];
  while (open.size > 0) {
    const ready = [...open].filter(
      (node) => !upstream.get(node)?.some((needed) => open.has(needed)),
    );
    if (ready.length === 0) return fail(cycleError(open, upstream));
    for (const node of ready) open.delete(node);
    waves.push(ready.sort(byIdentity));
  }
  return ok(waves);
}

function cycleError(open: ReadonlySet<PackageNode>, upstream: Upstream): ForgeError {
  const path: PackageNode[] = [];
  let node = [...open][0];
  while (node && !path.includes(node)) {
    path.push(node);
    node = upstream.get(node)?.find((needed) => open.has(needed));
  }
  const cycle = node ? [...path.slice(path.indexOf(node)), node] : path;
  return new ForgeError('FORGE-G002', {
    what: `these packages need each other to be published first: ${cycle.map(identityOf).join(' → ')}`,
    ...(node ? { where: { file: node.manifest.file } } : {}),
  });
}

/** `ecosystem:name`, the identity of a package. */
export function identityOf({ ecosystem, manifest }: PackageNode): string {
  return `${ecosystem.id}:${manifest.name}`;
}

export function byIdentity(a: PackageNode, b: PackageNode): number {
  return identityOf(a) < identityOf(b) ? -1 : 1;
}
