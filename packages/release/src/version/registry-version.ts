import type { PackageNode } from '../graph/model';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { createWorld } from '../effects/world';
import { endpointsFor } from '../configuration/registry-target';

/** The highest version that the registry holds, canonical where possible; null version when it holds none. */
export async function highestInRegistry(
  node: PackageNode,
  options: NormalizedOptions,
): Promise<{ currentVersion: string | null; logText: string } | null> {
  const { ecosystem } = node;
  const highest = await liveVersion(node, options);
  // Unknown is not absent: Nx then falls back as configured instead of starting from nothing.
  if (highest === undefined) return null;
  const canonical = highest === null ? null : ecosystem.versions.toCanonical(highest);
  const currentVersion = canonical?.ok ? canonical.value : highest;
  return { currentVersion, logText: `from ${ecosystem.title}` };
}

/** The same in native spelling: null when the registry holds none, undefined when it cannot say. */
export async function liveVersion(
  { ecosystem, manifest }: PackageNode,
  options: NormalizedOptions,
): Promise<string | null | undefined> {
  const endpoints = endpointsFor(ecosystem, options);
  const world = createWorld({ dryRun: true });
  const response = await world.request(ecosystem.remote.versions(manifest.name, endpoints));
  const versions = ecosystem.remote.parseVersions(manifest.name, response);
  if (versions === null) return undefined;
  return [...versions].sort(ecosystem.versions.compare).at(-1) ?? null;
}
