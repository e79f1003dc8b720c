import type { PackageNode } from '../graph/model';
import { publishWaves, type Upstream } from '../plan/publish-order';
import type { PublishUnit } from '../plan/publish-unit';

/**
 * Who goes first where slots are short: the unit with the longest chain of units behind it, because the whole run
 * waits for that. Among equals come registries that can take a version back: if one of those fails, nothing that
 * cannot be undone has been done for it.
 */
export function rankUnits(
  units: readonly PublishUnit[],
  upstream: Upstream,
): (unit: PublishUnit) => number {
  const waves = publishWaves(
    units.map(({ node }) => node),
    upstream,
  );
  const behind = new Map<PackageNode, number>();
  // Cycles are refused by preflight; what is left of one has no order to speak of.
  for (const wave of waves.ok ? [...waves.value].reverse() : [])
    for (const node of wave)
      for (const need of upstream.get(node) ?? [])
        behind.set(need, Math.max(behind.get(need) ?? 0, (behind.get(node) ?? 0) + 1));
  return ({ node }) => 2 * (behind.get(node) ?? 0) + (node.ecosystem.irreversible ? 0 : 1);
}
