import type { Artifact } from '@forge/ecosystems';
import type { World } from '../effects/world';
import type { PublishUnit } from '../plan/publish-unit';
import type { LiveState } from './compare-artifacts';
import type { Deadlines } from '../configuration/deadlines';
import type { PublishLog, StepName } from './publish-log';
import type { Ask } from './questions';
import type { Gates } from '../plan/registry-gate';
import type { Slots } from '../effects/slots';
import type { OnDuplicate, UnitResult } from './unit-result';
import type { UploadAttempt } from './upload';

/** What all units of a run share. */
export interface StepContext {
  readonly world: World;
  readonly log: PublishLog;
  readonly onDuplicate: OnDuplicate;
  /** What the registries held when the run began. A unit that is not in it is asked for by its own step. */
  readonly seen: ReadonlyMap<PublishUnit, LiveState>;
  /** When that was. */
  readonly seenAt: number;
  readonly deadlines: Deadlines;
  readonly gates: Gates;
  readonly ask: Ask;
  /** Uploads run side by side as far as there are slots; the unit with the highest rank comes first. */
  readonly slot: Slots;
  readonly rank: (unit: PublishUnit) => number;
  /** One try to upload artifacts of the unit with the native tool, in order. */
  readonly upload: (unit: PublishUnit, artifacts: readonly Artifact[]) => Promise<UploadAttempt>;
  /** The failed unit after which no upload may begin any more. */
  readonly stoppedBy: () => PublishUnit | undefined;
}

/** One unit on its way through the steps, with what a step leaves for the next try and the next step. */
export interface Passage {
  readonly unit: PublishUnit;
  readonly context: StepContext;
  /** What is still to be uploaded. */
  missing: readonly Artifact[];
  /** Uploads tried so far. */
  tries: number;
  /** When for the first time there was no good answer, and how often since. */
  troubleSince?: number;
  troubles: number;
  /** The failure, once there is no time for another try: it stands unless the version is found live. */
  lastWord?: UnitResult;
  /** The last try was refused for a reason that need not be the registry's last word. */
  isRefused?: boolean;
  /** The registry's words, where it refused the upload because it has the version. */
  refusal?: string;
  /** When the wait for visibility began, and how often was looked. */
  visibleSince?: number;
  looks: number;
}

/** Go through the step again after a pause. */
export interface Again {
  readonly kind: 'again';
  readonly pause: number;
  readonly why: string;
}

/** `done` goes on with the next step; a result ends the unit. */
export type StepResult = 'done' | Again | UnitResult;

/**
 * A small step of publishing. The interpreter asks `isDone` before every `run`, so that a first run, a run after a
 * crash, and a try after an answer that never came are one and the same.
 */
export interface Step {
  readonly name: StepName | 'turn';
  /** Takes one of the slots for uploads; pauses between tries do not. */
  readonly inSlot?: boolean;
  /** `open` when the step has to run. */
  isDone?(passage: Passage): Promise<StepResult | 'open'>;
  run(passage: Passage): Promise<StepResult>;
}

export function again(pause: number, why: string): Again {
  return { kind: 'again', pause, why };
}
