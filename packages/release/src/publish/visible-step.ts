import { compareArtifacts, type LiveState } from './compare-artifacts';
import { backoffs, pauseAfter } from '../configuration/deadlines';
import { duration } from '../plan/duration';
import { failure } from './failure';
import { becameLive, foundLive } from './live-result';
import { heldFor } from './turn-step';
import { again, type Passage, type StepResult } from './step';
import type { UnitResult } from './unit-result';

/** A version that the registry says it has, but does not show: if it is not seen by then, it was taken back. */
const refusedWithin = 60_000;

/**
 * Looks until every file is there with the digest of what was packed. An upload that was refused because the
 * version exists ends here as well: the same content is done, whoever put it there; anything else is drift.
 */
export async function awaitVisibility(passage: Passage): Promise<StepResult> {
  const { unit, context } = passage;
  const now = context.world.now();
  const since = (passage.visibleSince ??= now);
  const live: LiveState =
    heldFor(passage) > 0
      ? { state: 'unknown', reason: 'the registry asks to wait' }
      : await compareArtifacts(unit, context.ask);
  passage.looks += 1;
  const result = resultOf(passage, live);
  if (result) return result;
  const pause = pauseAfter(backoffs.visible, passage.looks);
  const within = withinOf(passage);
  if (context.world.now() + pause - since > within) return tooLate(passage, live, within);
  return again(pause, 'it is not visible yet');
}

/** A refusal after several tries says no more than that one of them was taken. */
function wasRefused({ refusal, tries }: Passage): boolean {
  return refusal !== undefined && tries === 1;
}

function withinOf(passage: Passage): number {
  const { visibleWithin } = passage.context.deadlines;
  return wasRefused(passage) ? Math.min(visibleWithin, refusedWithin) : visibleWithin;
}

function resultOf(passage: Passage, live: LiveState): UnitResult | undefined {
  const { unit, context } = passage;
  if (live.state === 'unknown') return undefined;
  return wasRefused(passage) ? foundLive(unit, live, context.onDuplicate) : becameLive(unit, live);
}

function tooLate(passage: Passage, live: LiveState, within: number): UnitResult {
  const { unit, refusal = '' } = passage;
  if (wasRefused(passage) && live.state === 'absent')
    return failure('FORGE-P015', unit, `it says \`${refusal}\`, and does not show the version`);
  const seen = lastSeen(live);
  return failure(
    'FORGE-P006',
    unit,
    `the upload was accepted, and after ${duration(within)} ${seen}`,
    'run again later: the version counts as published once it is visible, and is not uploaded again',
  );
}

function lastSeen(live: LiveState): string {
  if (live.state === 'partial')
    return `${live.missing.map(({ filename }) => filename).join(', ')} cannot be seen`;
  return live.state === 'unknown' ? live.reason : 'the version cannot be seen';
}
