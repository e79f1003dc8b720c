import { ForgeError, type ErrorCode, type UploadOutcome } from '@forge/ecosystems';
import type { World } from '../effects/world';
import { compareArtifacts, lookUp } from './compare-artifacts';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { type OnDuplicate, type UnitResult } from './unit-result';

export interface StepContext {
  readonly world: World;
  readonly onDuplicate: OnDuplicate;
  /** Uploads every artifact of the unit with the native tool, in order. */
  readonly upload: (unit: PublishUnit) => Promise<UploadOutcome>;
  /** Milliseconds until an uploaded version must be visible. */
  readonly visibleWithin: number;
}

/** `end` closes the unit with a result, `open` means that the step has to run. */
export type StepAnswer =
  { readonly done: true } | { readonly done: false } | { readonly end: UnitResult };

/**
 * A small step of publishing. The interpreter asks `isDone` first, so that a second run, a run after a
 * crash and a first run are one and the same.
 */
export interface Step {
  readonly name: string;
  isDone(unit: PublishUnit, context: StepContext): Promise<StepAnswer>;
  run(unit: PublishUnit, context: StepContext): Promise<UnitResult | undefined>;
}

/** 1. upload what the registry does not hold, 2. wait until everybody can see it. */
export const publishSteps: readonly Step[] = [
  {
    name: 'upload',
    async isDone(unit, { world, onDuplicate }) {
      const live = await compareArtifacts(unit, world);
      switch (live.state) {
        case 'live':
          return { end: { kind: 'already-there', how: live.how, ...withUrl(live.url) } };
        case 'drifted':
          return { end: drifted(unit, live.detail, live.url, onDuplicate) };
        case 'unknown':
          return { end: failure('FORGE-P004', unit, live.reason) };
        default:
          return { done: false };
      }
    },
    async run(unit, { world, upload }) {
      if (world.dryRun) return { kind: 'would-publish' };
      const outcome = await upload(unit);
      return outcomeToResult(unit, outcome);
    },
  },
  {
    name: 'visible',
    async isDone(unit, { world }) {
      const presence = await lookUp(unit, world);
      return { done: presence.state === 'present' };
    },
    run: waitUntilVisible,
  },
];

/** Runs the steps of one unit; the first step that ends it decides. */
export async function runSteps(unit: PublishUnit, context: StepContext): Promise<UnitResult> {
  for (const step of publishSteps) {
    const answer = await step.isDone(unit, context);
    if ('end' in answer) return answer.end;
    if (answer.done) continue;
    const result = await step.run(unit, context);
    if (result) return result;
  }
  const presence = await lookUp(unit, context.world);
  return {
    kind: 'published',
    ...withUrl(presence.state === 'present' ? presence.files[0]?.url : undefined),
  };
}

/** Polls with growing pauses: an index is often seconds behind, sometimes minutes. */
async function waitUntilVisible(
  unit: PublishUnit,
  { world, visibleWithin }: StepContext,
): Promise<UnitResult | undefined> {
  const deadline = world.now() + visibleWithin;
  for (let pause = 100; world.now() + pause < deadline; pause = Math.min(pause * 1.6, 5000)) {
    await world.sleep(pause);
    const presence = await lookUp(unit, world);
    if (presence.state === 'present') return undefined;
  }
  return failure(
    'FORGE-P006',
    unit,
    `it is uploaded, but not visible after ${visibleWithin / 1000} s`,
  );
}

function drifted(
  unit: PublishUnit,
  detail: string,
  url: string | undefined,
  onDuplicate: OnDuplicate,
): UnitResult {
  if (unit.planned || onDuplicate === 'fail') return failure('FORGE-P003', unit, detail);
  return { kind: 'drifted', detail, ...withUrl(url) };
}

const failureCodes: Readonly<
  Record<Exclude<UploadOutcome['kind'], 'published' | 'already-there'>, ErrorCode>
> = {
  'needs-credentials': 'FORGE-P001',
  forbidden: 'FORGE-P008',
  conflict: 'FORGE-P003',
  rejected: 'FORGE-P002',
  unreachable: 'FORGE-P004',
};

function outcomeToResult(unit: PublishUnit, outcome: UploadOutcome): UnitResult | undefined {
  if (outcome.kind === 'published' || outcome.kind === 'already-there') return undefined;
  return failure(failureCodes[outcome.kind], unit, outcome.detail);
}

function failure(code: ErrorCode, unit: PublishUnit, detail: string): UnitResult {
  const registry = Object.values(unit.endpoints)[0] ?? '';
  const what = `\`${labelOf(unit)}\` at ${unit.node.ecosystem.title} (${registry}): ${detail}`;
  return {
    kind: 'failed',
    error: new ForgeError(code, { what, where: { file: unit.node.manifest.file } }),
  };
}

function withUrl(url: string | undefined): { url?: string } {
  return url === undefined ? {} : { url };
}
