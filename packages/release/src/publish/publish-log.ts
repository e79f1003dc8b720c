import type { PublishUnit } from '../plan/publish-unit';
import type { UnitResult } from './unit-result';

export type StepName = 'upload' | 'visible';

/** How an act ended: `done` goes on with the next step; everything else is the result of the unit. */
export type StepOutcome = { readonly kind: 'done' } | UnitResult;

/**
 * Is told of every act on a unit, synchronously: before it begins, so that a record on disk never knows less than
 * a registry, and after it ended. What `begins` throws keeps the act from happening and fails the unit. Repeated
 * tries are one act.
 */
export interface PublishLog {
  begins(step: StepName, unit: PublishUnit): void;
  ends(step: StepName, unit: PublishUnit, outcome: StepOutcome): void;
  /** The unit goes on after so many milliseconds; `why` is for people. For displays, no act. */
  waits?(unit: PublishUnit, milliseconds: number, why: string): void;
}

export const noLog: PublishLog = { begins: () => undefined, ends: () => undefined };
