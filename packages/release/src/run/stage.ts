import type { ForgeError } from '@forge/ecosystems';
import type { World } from '../effects/world';
import type { StageName } from '../record/release-state';
import type { ReleaseStore } from '../record/release-store';
import type { Permit } from './permit';
import type { Progress } from './progress';

/** What every stage of a release is given. */
export interface StageContext {
  /** Absolute root of the workspace, which this process has entered. */
  readonly root: string;
  readonly store: ReleaseStore;
  readonly world: World;
  readonly progress: Progress;
  /** Throws FORGE-P009 for what is not in the plan. */
  readonly permit: Permit;
}

/** A part of a release. A stage that was cut off is run again as a whole and finds for itself what is left of it. */
export interface Stage {
  readonly name: StageName;
  /** False when the release has no use for it. */
  readonly isWanted?: (context: StageContext) => boolean;
  /** True for what is right for the packages that went well, also when others failed. */
  readonly runsAfterFailure?: boolean;
  /** Details for the journal, or everything that stopped it. */
  run(context: StageContext): Promise<StageResult>;
}

export type StageResult =
  | { readonly ok: true; readonly details?: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problems: readonly ForgeError[] };

export const stageDone: StageResult = { ok: true };
