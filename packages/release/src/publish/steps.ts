import type { PublishUnit } from '../plan/publish-unit';
import { brokenUnit } from './failure';
import type { Passage, Step, StepContext, StepResult } from './step';
import { awaitTurn, isFinalAlready } from './turn-step';
import type { UnitResult } from './unit-result';
import { isLiveAlready, uploadMissing } from './upload-step';
import { awaitVisibility } from './visible-step';

/**
 * 1. wait for a turn, where the registry documents a limit;
 * 2. ask by digest what is live, and upload what is missing; whatever the answer, ask again before the next try;
 * 3. wait until everybody can see what was packed, and nothing else.
 */
export const publishSteps: readonly Step[] = [
  { name: 'turn', isDone: isFinalAlready, run: awaitTurn },
  { name: 'upload', inSlot: true, isDone: isLiveAlready, run: uploadMissing },
  { name: 'visible', run: awaitVisibility },
];

/** Runs the steps of one unit; the first one that has a result decides. Never rejects. */
export async function runSteps(unit: PublishUnit, context: StepContext): Promise<UnitResult> {
  const missing = unit.artifacts;
  const passage: Passage = { unit, context, missing, tries: 0, troubles: 0, looks: 0 };
  try {
    for (const step of publishSteps) {
      const result = await runStep(step, passage);
      if (result !== 'done') return result;
    }
    return { kind: 'published' };
  } catch (error) {
    return brokenUnit(unit, error);
  }
}

/** Goes through one step until it is done or has a result. Its pauses are outside of the slot. */
async function runStep(step: Step, passage: Passage): Promise<'done' | UnitResult> {
  const { unit, context } = passage;
  const act = actOf(step, passage);
  for (;;) {
    const pass = async (): Promise<StepResult> => {
      const before = (await step.isDone?.(passage)) ?? 'open';
      if (before !== 'open') return before;
      act.begins();
      return step.run(passage).catch((error: unknown) => brokenUnit(unit, error));
    };
    const result = await (step.inSlot ? context.slot(pass, context.rank(unit)) : pass());
    if (result === 'done' || result.kind !== 'again') {
      act.ends(result);
      return result;
    }
    if (result.pause === 0) continue;
    context.log.waits?.(unit, result.pause, result.why);
    await context.world.sleep(result.pause);
  }
}

/** Tells the log of a step once, however often it is tried. A dry run acts on nothing. */
function actOf({ name }: Step, { unit, context: { log, world } }: Passage) {
  let isUnderWay = false;
  return {
    begins(): void {
      if (name === 'turn' || world.dryRun || isUnderWay) return;
      log.begins(name, unit);
      isUnderWay = true;
    },
    ends(result: 'done' | UnitResult): void {
      if (name !== 'turn' && isUnderWay)
        log.ends(name, unit, result === 'done' ? { kind: 'done' } : result);
    },
  };
}
