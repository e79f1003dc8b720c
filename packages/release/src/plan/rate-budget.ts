import type { RateLimit } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';
import type { Upstream } from './publish-order';
import type { PublishUnit } from './publish-unit';
import { registryGates, type Gates } from './registry-gate';

/** A package whose turn does not come at once. */
export interface ExpectedTurn {
  readonly unit: PublishUnit;
  /** Milliseconds from the time that it could go to its turn. */
  readonly wait: number;
  /** Milliseconds from the first upload to its turn. */
  readonly at: number;
  readonly limit: RateLimit;
}

export interface BudgetedUploads {
  readonly units: readonly PublishUnit[];
  /** Those whose names no registry has yet. */
  readonly firstPublished: readonly PublishUnit[];
  readonly upstream: Upstream;
}

/** What an upload counts as. */
export function subjectsOf(isNew: boolean): readonly RateLimit['on'][] {
  return ['upload', isNew ? 'new-package' : 'new-version'];
}

/**
 * When packages get their turns at registries with documented limits, by the very gates that a run waits at. Uploads
 * take no time here, so that no turn comes later than it says; a package may go when all that it needs went.
 */
export function expectedTurns({
  units,
  firstPublished,
  upstream,
}: BudgetedUploads): readonly ExpectedTurn[] {
  const gates: Gates = registryGates(0);
  const isNew = new Set(firstPublished);
  const open = new Set(units);
  const nodes = new Set(units.map(({ node }) => node));
  const finished = new Map<PackageNode, number>();
  const turns: ExpectedTurn[] = [];
  for (;;) {
    const next = earliest(open, (node) =>
      (upstream.get(node) ?? [])
        .filter((need) => nodes.has(need))
        .map((need) => finished.get(need)),
    );
    if (!next) return turns;
    const { unit, from } = next;
    const { wait, limit } = gates(unit).turn(subjectsOf(isNew.has(unit)), from);
    open.delete(unit);
    finished.set(unit.node, from + wait);
    if (limit) turns.push({ unit, wait, at: from + wait, limit });
  }
}

/** Of units whose needs went, the one that can go first. None is left where all went, or where they need each other. */
function earliest(
  open: ReadonlySet<PublishUnit>,
  needsOf: (node: PackageNode) => readonly (number | undefined)[],
): { readonly unit: PublishUnit; readonly from: number } | undefined {
  let best: { unit: PublishUnit; from: number } | undefined;
  for (const unit of open) {
    const needs = needsOf(unit.node);
    if (needs.includes(undefined)) continue;
    const from = Math.max(0, ...needs.map((each) => each ?? 0));
    if (!best || from < best.from) best = { unit, from };
  }
  return best;
}
