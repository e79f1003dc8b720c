import { ForgeError, type ErrorCode, type UploadOutcome } from '@forge/ecosystems';
import type { World } from '../effects/world';
import { compareArtifacts, isOpen, lookUp, type LiveState } from './compare-artifacts';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { noLog, type PublishLog, type StepName } from './publish-log';
import { brokenUnit, type OnDuplicate, type UnitResult } from './unit-result';

export interface StepContext {
  readonly world: World;
  readonly onDuplicate: OnDuplicate;
  /** What the registries held when the run began. A unit that is not in it is asked for by its own step. */
  readonly seen: ReadonlyMap<PublishUnit, LiveState>;
  /** Uploads every artifact of the unit with the native tool, in order. */
  readonly upload: (unit: PublishUnit) => Promise<UploadOutcome>;
  /** Milliseconds until an uploaded version must be visible. */
  readonly visibleWithin: number;
  /** Is told of every act; nobody by default. */
  readonly log?: PublishLog;
}

/**
 * A small step of publishing. The interpreter asks `isDone` first, so that a second run, a run after a
 * crash and a first run are one and the same.
 */
export interface Step {
  readonly name: StepName;
  /** The result of the unit, if there is nothing left to do; `undefined` when the step has to run. */
  isDone?(unit: PublishUnit, context: StepContext): Promise<UnitResult | undefined>;
  /** The result of the unit; `undefined` goes on with the next step. */
  run(unit: PublishUnit, context: StepContext): Promise<UnitResult | undefined>;
}

/** 1. upload what the registry does not hold, 2. wait until everybody can see it. */
export const publishSteps: readonly Step[] = [
  {
    name: 'upload',
    async isDone(unit, context) {
      const live = await liveState(unit, context);
      switch (live.state) {
        case 'live':
          return { kind: 'already-there', how: live.how, ...withUrl(live.url) };
        case 'drifted':
          return drifted(unit, live.detail, live.url, context.onDuplicate);
        case 'unknown':
          return failure('FORGE-P004', unit, live.reason);
        default:
          return undefined;
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
    run: waitUntilVisible,
  },
];

/** Runs the steps of one unit; the first one that has a result decides. */
export async function runSteps(unit: PublishUnit, context: StepContext): Promise<UnitResult> {
  for (const step of publishSteps) {
    const result = (await step.isDone?.(unit, context)) ?? (await act(step, unit, context));
    if (result) return result;
  }
  return { kind: 'published' };
}

/** A dry run acts on nothing, so there is nothing to tell. */
async function act(
  step: Step,
  unit: PublishUnit,
  context: StepContext,
): Promise<UnitResult | undefined> {
  const log = context.world.dryRun ? noLog : (context.log ?? noLog);
  log.begins(step.name, unit);
  const result = await step.run(unit, context).catch((error: unknown) => brokenUnit(unit, error));
  log.ends(step.name, unit, result ?? { kind: 'done' });
  return result;
}

/** What was seen when the run began stands where it is final. Before an upload, the registry is asked again. */
async function liveState(unit: PublishUnit, { world, seen }: StepContext): Promise<LiveState> {
  const before = seen.get(unit);
  return before && (world.dryRun || !isOpen(before)) ? before : compareArtifacts(unit, world);
}

async function publishedIfVisible(
  unit: PublishUnit,
  world: World,
): Promise<UnitResult | undefined> {
  const presence = await lookUp(unit, world);
  return presence.state === 'present'
    ? { kind: 'published', ...withUrl(presence.files[0]?.url) }
    : undefined;
}

/** Polls with growing pauses: an index is often seconds behind, sometimes minutes. */
async function waitUntilVisible(
  unit: PublishUnit,
  { world, visibleWithin }: StepContext,
): Promise<UnitResult> {
  const deadline = world.now() + visibleWithin;
  for (let pause = 100; ; pause = Math.min(pause * 1.6, 5000)) {
    const published = await publishedIfVisible(unit, world);
    if (published) return published;
    if (world.now() + pause >= deadline) break;
    await world.sleep(pause);
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
