import type { RateLimit } from '@forge/ecosystems';
import { isOpen } from './compare-artifacts';
import { duration } from '../plan/duration';
import { failure } from './failure';
import { foundLive } from './live-result';
import { subjectsOf } from '../plan/rate-budget';
import type { RegistryGate } from '../plan/registry-gate';
import type { Passage, StepResult } from './step';

/** What was seen when the run began stands where it is final; nobody takes a turn for it. */
export async function isFinalAlready({
  unit,
  context: { seen, onDuplicate },
}: Passage): Promise<StepResult | 'open'> {
  const before = seen.get(unit);
  if (!before || isOpen(before)) return 'open';
  return foundLive(unit, before, onDuplicate) ?? 'open';
}

/** FORGE-P012 for a turn that comes too late; whoever waits for it does so before it takes a slot. */
export async function awaitTurn(passage: Passage): Promise<StepResult> {
  const { unit, context } = passage;
  const { world, gates, deadlines, log } = context;
  if (world.dryRun) return 'done';
  const gate = gates(unit);
  const { wait, limit } = gate.turn(await subjectsHere(passage, gate), world.now());
  if (wait === 0 || !limit) return 'done';
  const why = `its turn comes in ${duration(wait)} (${textOf(limit)})`;
  if (wait > deadlines.limitWithin) return failure('FORGE-P012', unit, why);
  log.waits?.(unit, wait, why);
  await world.sleep(wait);
  return 'done';
}

/** Whether a name is new is asked only where the registry makes a difference of it. */
async function subjectsHere(
  { unit, context: { ask } }: Passage,
  gate: RegistryGate,
): Promise<readonly RateLimit['on'][]> {
  if (!gate.limits('new-package') && !gate.limits('new-version')) return ['upload'];
  const { remote } = unit.node.ecosystem;
  const { name } = unit.node.manifest;
  const versions = remote.parseVersions(
    name,
    await ask(unit, remote.versions(name, unit.endpoints)),
  );
  return subjectsOf(versions?.length === 0);
}

function textOf({ on, requests, perMs, source }: RateLimit): string {
  const subject = on.replace('-', ' ');
  return `${requests} ${subject}${requests === 1 ? '' : 's'} per ${duration(perMs)}, ${source}`;
}

/** Milliseconds until the registry may be asked again, by its own words: no question and no upload before that. */
export function heldFor({ unit, context: { gates, world } }: Passage): number {
  return gates(unit).held(world.now());
}
