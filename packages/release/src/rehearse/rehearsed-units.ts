import { publishUpstream } from '../graph/order';
import type { PackageNode, ProjectModel, WorkspaceModel } from '../graph/model';
import type { PublishUnit } from '../plan/publish-unit';
import { isLoopback } from '../effects/loopback';
import { ForgeError } from '@forge/ecosystems';

/** The same units on their way to the registry of the rehearsal. FORGE-W001 for an address that is not of this machine. */
export function unitsAt(url: string, units: readonly PublishUnit[]): readonly PublishUnit[] {
  return units.map((unit) => {
    const endpoints = unit.node.ecosystem.endpointsAt(url);
    const other = Object.values(endpoints).find((endpoint) => !isLoopback(endpoint));
    if (other !== undefined)
      throw new ForgeError('FORGE-W001', { what: `\`${other}\` is not on this machine` });
    return { ...unit, endpoints, planned: false };
  });
}

/** Projects with everything of the workspace that their packages need from a registry: only together they install. */
export function withUpstream(
  model: WorkspaceModel,
  projects: readonly ProjectModel[],
): readonly ProjectModel[] {
  const upstream = publishUpstream(model);
  const nodes = new Set<PackageNode>(projects.flatMap(({ packages }) => packages));
  // A Set visits what is added while it is walked.
  for (const node of nodes) for (const need of upstream.get(node) ?? []) nodes.add(need);
  const roots = new Set([...nodes].map(({ root }) => root));
  return [...model.projects.values()].filter(({ root }) => roots.has(root));
}
