import type { RegistryOptions } from '../configuration/registry-target';
import { withDestinations } from '../credentials/destinations';
import type { Workspace } from '../effects/open-workspace';
import type { Asked } from '../record/planned-release';

/** Where the packages of a release go: as it was asked for, else by nx.json, else as they say themselves. */
export function releaseTarget(workspace: Workspace, { registry }: Asked): Promise<RegistryOptions> {
  return withDestinations({ registry: registry ?? workspace.options.registry }, workspace);
}
