import { endpointsOf, isAstray, type RegistryOptions } from '../configuration/registry-target';
import { withDestinations } from '../credentials/destinations';
import type { Workspace } from '../effects/open-workspace';
import { createWorld } from '../effects/world';
import type { PackageNode } from '../graph/model';

/**
 * The highest version that is live, in native spelling: null when the registry holds none, undefined when it cannot
 * say.
 */
export type LiveVersion = (node: PackageNode) => Promise<string | null | undefined>;

/**
 * Asks the registry that each package goes to, also where that is one of its own. Where packages go is looked up with
 * the first question.
 */
export function liveVersions(
  workspace: Pick<Workspace, 'root' | 'model' | 'reader'>,
  options: RegistryOptions,
): LiveVersion {
  const world = createWorld({ dryRun: true });
  let placed: ReturnType<typeof withDestinations> | undefined;
  return async (node) => {
    const registry = await (placed ??= withDestinations(options, workspace));
    // Under its name another registry may hold a package of somebody else.
    if (isAstray(node, registry)) return undefined;
    const { remote, versions } = node.ecosystem;
    const { name } = node.manifest;
    const response = await world.request(remote.versions(name, endpointsOf(node, registry)));
    const live = remote.parseVersions(name, response);
    if (live === null) return undefined;
    return [...live].sort(versions.compare).at(-1) ?? null;
  };
}

/** The same as Nx wants it: canonical where possible, a null version when the registry holds none. */
export async function highestInRegistry(
  node: PackageNode,
  live: LiveVersion,
): Promise<{ currentVersion: string | null; logText: string } | null> {
  const { ecosystem } = node;
  const highest = await live(node);
  // Unknown is not absent: Nx then falls back as configured instead of starting from nothing.
  if (highest === undefined) return null;
  const canonical = highest === null ? null : ecosystem.versions.toCanonical(highest);
  const currentVersion = canonical?.ok ? canonical.value : highest;
  return { currentVersion, logText: `from ${ecosystem.title}` };
}
