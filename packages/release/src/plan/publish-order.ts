import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
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
  /** How many members each one still waits for. */
  const open = new Map(members.map((node) => [node, 0]));
  const waits = members.flatMap((node) =>
    (upstream.get(node) ?? []).filter((need) => open.has(need)).map((need) => ({ node, need })),
  );
  for (const { node } of waits) open.set(node, (open.get(node) ?? 0) + 1);
  const waitsFor = groupBy(waits, ({ need }) => need);
  const waves: PackageNode[][] = [];
  let ready = members.filter((node) => open.get(node) === 0);
  while (ready.length > 0) {
    waves.push(ready.sort(byIdentity));
    for (const node of ready) open.delete(node);
    const released = ready.flatMap((need) => waitsFor.get(need) ?? []);
    for (const { node } of released) open.set(node, (open.get(node) ?? 0) - 1);
    ready = [...new Set(released.map(({ node }) => node))].filter((node) => open.get(node) === 0);
  }
  return open.size === 0 ? ok(waves) : fail(cycleError(new Set(open.keys()), upstream));
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
