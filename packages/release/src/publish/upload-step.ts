import { ForgeError, type ErrorCode } from '@forge/ecosystems';
import { labelOf } from '../plan/publish-unit';
import { compareArtifacts, isOpen, type LiveState } from './compare-artifacts';
import { backoffs, pauseAfter } from '../configuration/deadlines';
import { duration } from '../plan/duration';
import { failure } from './failure';
import { becameLive, foundLive } from './live-result';
import { again, type Passage, type StepResult } from './step';
import { heldFor } from './turn-step';
import type { UnitResult } from './unit-result';
import type { UploadAttempt } from './upload';

/** Asks by digest. After a try whose answer never came, what is live is this run's own; what is missing goes up. */
export async function isLiveAlready(passage: Passage): Promise<StepResult | 'open'> {
  const { unit, context, tries } = passage;
  const held = heldFor(passage);
  if (held > 0) return waitFor(passage, held);
  const live = await liveState(passage);
  if (live.state === 'partial') passage.missing = live.missing;
  if (isOpen(live)) return 'open';
  if (live.state === 'unknown' && !context.world.dryRun && !passage.lastWord)
    return afterTrouble(passage, { kind: 'unreachable', detail: live.reason });
  if (tries > 0 && !passage.isRefused) return becameLive(unit, live) ?? passage.lastWord ?? 'open';
  const isNothingNew = live.state === 'unknown' && passage.lastWord;
  return isNothingNew || (foundLive(unit, live, context.onDuplicate) ?? 'open');
}

/** The registry has asked everybody to wait, maybe in answer to another unit. */
function waitFor({ unit, context }: Passage, held: number): StepResult {
  if (held <= context.deadlines.retryWithin) return again(held, 'the registry asks to wait');
  const asked = `it asks to wait for ${duration(held)}`;
  return failure('FORGE-P012', unit, asked, `run again in ${duration(held)}`);
}

/** What was seen so many milliseconds ago still holds: if not, the registry refuses the upload, and is asked then. */
const moment = 5000;

/** A dry run uploads nothing, so there is nothing to ask for twice. */
async function liveState({ unit, context, tries }: Passage): Promise<LiveState> {
  const { seen, seenAt, world, ask } = context;
  const isFresh = world.dryRun || (tries === 0 && world.now() - seenAt < moment);
  return (isFresh ? seen.get(unit) : undefined) ?? compareArtifacts(unit, ask);
}

/** One try. What can be tried again is: after a pause, and only when the registry says that it is not there. */
export async function uploadMissing(passage: Passage): Promise<StepResult> {
  const { unit, context } = passage;
  if (context.world.dryRun) return { kind: 'would-publish' };
  if (passage.lastWord) return passage.lastWord;
  const stopped = stoppedResult(passage);
  if (stopped) return stopped;
  const outcome = await context.upload(unit, passage.missing);
  passage.tries += 1;
  switch (outcome.kind) {
    case 'published':
      return 'done';
    case 'already-there':
    case 'conflict':
      passage.refusal = 'detail' in outcome ? outcome.detail : 'it is there already';
      return 'done';
    case 'throttled':
    case 'unreachable':
      return afterTrouble(passage, outcome);
    case 'rejected':
    case 'forbidden':
      return afterRefusal(passage, failure(failureCodes[outcome.kind], unit, outcome.detail));
    default:
      return failure(failureCodes[outcome.kind], unit, outcome.detail);
  }
}

/**
 * A refusal may be that of a duplicate, in words that did not arrive: a tool may read the reason phrase of an answer,
 * which HTTP/2 does not have. So the registry is asked what is live, and if that says nothing the refusal stands.
 */
function afterRefusal(passage: Passage, refusal: UnitResult): StepResult {
  passage.isRefused = true;
  passage.lastWord = refusal;
  return again(0, 'it is refused');
}

type Trouble = Extract<UploadAttempt, { kind: 'throttled' | 'unreachable' }>;

const failureCodes = {
  'needs-credentials': 'FORGE-P001',
  forbidden: 'FORGE-P008',
  rejected: 'FORGE-P002',
  'no-room': 'FORGE-P014',
  changed: 'FORGE-P016',
} as const satisfies Record<
  Exclude<UploadAttempt['kind'], 'published' | 'already-there' | 'conflict' | Trouble['kind']>,
  ErrorCode
>;

/** Once there is no time for another pause, the registry is asked a last time; then the failure stands. */
function afterTrouble(passage: Passage, trouble: Trouble): StepResult {
  const { unit, context } = passage;
  const now = context.world.now();
  passage.troubleSince ??= now;
  passage.troubles += 1;
  const left = passage.troubleSince + context.deadlines.retryWithin - now;
  const pause = pauseOf(trouble, passage.troubles, now);
  if (pause <= left) {
    if (trouble.kind === 'throttled') context.gates(unit).hold(now + pause);
    return again(pause, trouble.detail);
  }
  passage.lastWord = lastWord(passage, trouble, pause);
  return again(0, trouble.detail);
}

function pauseOf(trouble: Trouble, troubles: number, now: number): number {
  const own = pauseAfter(backoffs[trouble.kind], troubles);
  if (trouble.kind === 'unreachable') return own;
  if (trouble.until !== undefined) return Math.max(trouble.until - now, 1000);
  return trouble.retryAfter ?? own;
}

function lastWord({ unit, tries }: Passage, trouble: Trouble, pause: number): UnitResult {
  const tried = tries === 1 ? 'tried once' : `tried ${tries} times`;
  if (trouble.kind === 'unreachable')
    return failure('FORGE-P004', unit, `${trouble.detail} (${tried})`);
  return failure(
    'FORGE-P012',
    unit,
    `${trouble.detail} (${tried})`,
    `run again in ${duration(pause)}: what is live is not uploaded again`,
  );
}

function stoppedResult({ unit, context }: Passage): UnitResult | undefined {
  const by = context.stoppedBy();
  if (!by) return undefined;
  const what = `\`${labelOf(unit)}\` is skipped: \`${labelOf(by)}\` failed, and with \`failFast\` no upload begins after that`;
  return { kind: 'skipped', error: new ForgeError('FORGE-P013', { what }) };
}
