import type { PackageNode } from '../graph/model';
import type { RegistriesOf, RegistriesOptions } from './open-registries';

/** Most releases take their versions from manifests and tags, and ask nobody. */
const loadRegistries = () => require('./open-registries') as typeof import('./open-registries');

/**
 * The highest version that is live, in native spelling: null when the registry holds none, undefined when it cannot
 * say.
 */
export type LiveVersion = (node: PackageNode) => Promise<string | null | undefined>;

/**
 * Asks the registry that each package goes to, also where that is one of its own. Where packages go is looked up with
 * the first question.
 */
export function liveVersions(workspace: RegistriesOf, options: RegistriesOptions): LiveVersion {
  let opened: ReturnType<ReturnType<typeof loadRegistries>['openRegistries']> | undefined;
  return async (node) => {
    const registries = await (opened ??= loadRegistries().openRegistries(workspace, options));
    const registry = registries.get(node);
    if (!registry) return undefined;
    const { remote, versions } = node.ecosystem;
    const { name } = node.manifest;
    const response = await registry.ask(remote.versions(name, registry.endpoints));
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
