import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { findActor } from '../effects/actor';
import { onInterruption } from '../effects/interruption';
import { takeLock, type Lock } from '../effects/lock';
import type { World } from '../effects/world';
import { livePackages } from '../record/release-state';
import { createRelease, unfinishedRelease, type ReleaseStore } from '../record/release-store';
import { permitOnly } from './permit';
import { labelOfPlanned, plannedUploads } from '../plan/planned-units';
import type { PreparedRelease } from './prepare-release';
import type { Progress } from './progress';
import { runStages } from './run-stages';
import { stages } from './stages';

/**
 * Does something as the only release of a workspace (FORGE-L001). A release that is not finished has to be finished
 * or undone first (FORGE-L003), except by what is for exactly that.
 */
export async function alone<T>(
  root: string,
  command: string,
  { world, note }: { readonly world: World; readonly note: (text: string) => void },
  work: (unfinished: ReleaseStore | undefined) => Promise<Result<T>>,
): Promise<Result<T>> {
  const lock = takeLock(root, command, world.now);
  if (!lock.ok) return lock;
  try {
    tellTakeover(lock.value, note);
    return await work(unfinishedRelease(root, world.now));
  } finally {
    lock.value.release();
  }
}

/** FORGE-L003 */
export function unfinished({ id }: ReleaseStore): ForgeError {
  return new ForgeError('FORGE-L003', { what: `the release \`${id}\` is not finished` });
}

/** Puts a prepared release on disk and runs it. Answers what stopped it; nothing when it is finished. */
export async function beginRelease(
  root: string,
  { planned, changes }: PreparedRelease,
  command: string,
  world: World,
  progress: Progress,
): Promise<readonly ForgeError[]> {
  const begin = { command, head: planned.head, actor: await findActor(root) };
  const store = createRelease(root, planned, changes, begin, world.now);
  return continueRelease(root, store, world, progress);
}

/** Runs what is left of a release. */
export async function continueRelease(
  root: string,
  store: ReleaseStore,
  world: World,
  progress: Progress,
): Promise<readonly ForgeError[]> {
  const permit = permitOnly(store.planned);
  const live = new Set(livePackages(store.state()));
  const uploads = plannedUploads(store.planned.plan).map(labelOfPlanned);
  progress.expect(uploads.filter((label) => !live.has(label)));
  const calm = onInterruption(() => {
    progress.end();
    progress.note('interrupted: `forge-release status` says what is live, `resume` goes on');
  });
  try {
    return await runStages(stages, { root, store, world, progress, permit });
  } finally {
    calm();
    progress.end();
  }
}

/** FORGE-L012 */
export function requireUnfinished(store: ReleaseStore | undefined): Result<ReleaseStore> {
  if (store) return ok(store);
  return fail(new ForgeError('FORGE-L012', { what: 'no release of this workspace is unfinished' }));
}

function tellTakeover({ takenFrom }: Lock, note: (text: string) => void): void {
  if (!takenFrom) return;
  const { command, pid, since } = takenFrom;
  note(
    `\`${command}\` of process ${pid} has ended without a word since ${since}: its lock is taken over`,
  );
}
