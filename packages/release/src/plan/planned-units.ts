import { endpointsOf, type RegistryOptions } from '../configuration/registry-target';
import type { WorkspaceModel } from '../graph/model';
import type { PublishUnit } from './publish-unit';
import type { PlannedPackage, ReleasePlan } from './release-plan';

/** The label that the unit of this package has: `<ecosystem>:demo@1.2.0`. */
export function labelOfPlanned({ ecosystem, name, to }: PlannedPackage): string {
  return `${ecosystem}:${name}@${to}`;
}

/** The packages of a plan that are uploaded. */
export function plannedUploads({ packages }: ReleasePlan): readonly PlannedPackage[] {
  return packages.filter(({ wave }) => wave !== undefined);
}

/** Units before anything is packed, to ask what would keep them from being published. */
export function plannedUnits(
  plan: ReleasePlan,
  { packages }: WorkspaceModel,
  options: RegistryOptions,
): readonly PublishUnit[] {
  return plannedUploads(plan).flatMap(({ ecosystem, manifest, to }) => {
    const isIt = (each: (typeof packages)[number]): boolean =>
      each.manifest.file === manifest && each.ecosystem.id === ecosystem;
    const node = packages.find(isIt);
    if (!node) return [];
    const endpoints = endpointsOf(node, options);
    return [{ node, version: to, artifacts: [], endpoints, planned: true }];
  });
}
