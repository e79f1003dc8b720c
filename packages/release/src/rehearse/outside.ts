import type { RehearsalOutside } from '../effects/rehearsal-registry';
import type { Workspace } from '../effects/open-workspace';
import type { PublishUnit } from '../plan/publish-unit';
import type { RehearseWith } from '../record/planned-release';

/**
 * Which registries the one of the rehearsal may ask, and for what: everything but the names of this workspace, whatever
 * is rehearsed. Were one of those asked for outside, somebody else's package could pass for it.
 */
export function outsideFor(
  { model }: Workspace,
  units: readonly PublishUnit[],
  { network, upstreams }: RehearseWith,
): RehearsalOutside | undefined {
  const able = units.flatMap(({ node: { ecosystem } }) => {
    const { upstream } = ecosystem.wire;
    return network && upstream && !upstream.isPrivate ? [ecosystem.id] : [];
  });
  // What is given by its address comes last, and counts.
  const asked = [...new Set(able), ...upstreams];
  if (asked.length === 0) return undefined;
  const claims: Record<string, string[]> = {};
  for (const { ecosystem, manifest } of model.packages)
    (claims[ecosystem.id] ??= []).push(manifest.name);
  return { upstreams: asked, claims };
}

/** Whether the registry of the rehearsal asks another one for packages of an ecosystem. */
export function asksOutside(outside: RehearsalOutside | undefined, ecosystem: string): boolean {
  return outside?.upstreams.some((each) => each.split('=')[0] === ecosystem) ?? false;
}
