import { ForgeError } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';
import type { Upstream } from '../plan/publish-order';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { brokenUnit } from './failure';
import { isSuccess, type UnitResult } from './unit-result';

/**
 * Runs units along the graph: independent ones side by side, each after everything it needs. A unit
 * whose need failed is skipped with the reason; its siblings go on.
 */
export async function runUnits(
  units: readonly PublishUnit[],
  upstream: Upstream,
  run: (unit: PublishUnit) => Promise<UnitResult>,
  onResult: (unit: PublishUnit, result: UnitResult) => void,
): Promise<ReadonlyMap<PublishUnit, UnitResult>> {
  const byNode = new Map(units.map((unit) => [unit.node, unit]));
  const started = new Map<PackageNode, Promise<UnitResult>>();

  function start(unit: PublishUnit): Promise<UnitResult> {
    const known = started.get(unit.node);
    if (known) return known;
    // A chain of needs may be thousands long: each link starts on a stack of its own.
    const result = Promise.resolve()
      .then(() => afterNeeds(unit))
      .catch((error: unknown) => brokenUnit(unit, error))
      .then((each) => tell(unit, each));
    started.set(unit.node, result);
    return result;
  }

  async function afterNeeds(unit: PublishUnit): Promise<UnitResult> {
    const needed = (upstream.get(unit.node) ?? []).flatMap((node) => byNode.get(node) ?? []);
    const results = await Promise.all(
      needed.map(async (need) => ({ need, result: await start(need) })),
    );
    const failed = results.find(({ result }) => !isSuccess(result));
    return failed ? skipped(unit, failed.need) : run(unit);
  }

  /** A result that cannot be written down is no success: the next run will find out what is live. */
  function tell(unit: PublishUnit, result: UnitResult): UnitResult {
    try {
      onResult(unit, result);
      return result;
    } catch (error) {
      return isSuccess(result) ? brokenUnit(unit, error) : result;
    }
  }

  const results = await Promise.all(units.map(async (unit) => [unit, await start(unit)] as const));
  return new Map(results);
}

function skipped(unit: PublishUnit, need: PublishUnit): UnitResult {
  const what = `\`${labelOf(unit)}\` is skipped: it needs \`${labelOf(need)}\`, which is not published`;
  return { kind: 'skipped', error: new ForgeError('FORGE-P005', { what }) };
}
