import type { Database } from '../store';
import {
  dueWebhooks,
  leaseMessage,
  nextDue,
  releaseMessage,
  settleMessage,
  spreadEvents,
} from './queue';
import { openRepeater } from './repeater';
import { pauseAfter } from './retry';
import type { AttemptOutcome, Message } from './webhook';

/** Tells webhooks of events, for as long as the server runs. */
export interface Dispatcher {
  /** Something happened, or may have: look at once. */
  wake(): void;
  /** The same where a webhook was added, or something is to be tried again. */
  webhooksChanged(): void;
  /** Resolves when nothing is due any more. */
  drained(): Promise<void>;
  /** Attempts that are under way end, and are made again by the next start. */
  stop(): Promise<void>;
}

export interface DispatcherOptions {
  readonly db: Database;
  readonly now: () => Date;
  /** One attempt. */
  readonly send: (message: Message, signal: AbortSignal) => Promise<AttemptOutcome>;
  readonly onError: (error: unknown) => void;
  /** From 0 to 1. Default: chance. */
  readonly chance?: () => number;
}

/** Other servers publish as well, and nobody tells this one. */
const lookEveryMs = 2000;
const longestTimerMs = 60 * 60_000;

/**
 * Each webhook has a lane of its own, in which one message goes after the other: one that does not answer holds up no
 * other. Without a webhook nothing is looked at, but in a database that others share.
 */
export function openDispatcher(options: DispatcherOptions): Dispatcher {
  const { db, now, onError } = options;
  const ending = new AbortController();
  const lanes = new Map<number, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  /** Nobody else writes to the database, and there is no webhook in it. */
  let isIdle = false;

  const rounds = openRepeater(look, (error) => {
    onError(error);
    sleep(lookEveryMs);
  });
  async function look(): Promise<void> {
    const isNeeded = await hasWebhooks(db);
    // Unless one was added meanwhile.
    isIdle = !isNeeded && !rounds.isAskedAgain() && !db.isShared;
    if (isIdle) return;
    while (isNeeded && (await spreadEvents(db, now())) > 0);
    const due = isNeeded ? await dueWebhooks(db, now()) : [];
    for (const id of due) if (!lanes.has(id) && !ending.signal.aborted) openLane(id);
    const pause = await pauseBefore(db, now());
    // A lane that is open takes what is due, and asks for another look when it ends.
    sleep(pause === undefined ? undefined : Math.max(pause, lanes.size > 0 ? lookEveryMs : 20));
  }
  function openLane(id: number): void {
    const lane = runLane(options, id, ending.signal).catch(onError);
    lanes.set(id, lane);
    void lane.then(() => lanes.delete(id)).then(wake);
  }
  function sleep(ms: number | undefined): void {
    clearTimeout(timer);
    if (ms === undefined || ending.signal.aborted) return;
    timer = setTimeout(wake, ms);
    timer.unref();
  }
  function wake(): void {
    if (!isIdle && !ending.signal.aborted) rounds.ask();
  }
  async function drained(): Promise<void> {
    while (rounds.running() || lanes.size > 0)
      await Promise.all([rounds.running(), ...lanes.values()]);
  }
  return {
    wake,
    webhooksChanged() {
      isIdle = false;
      wake();
    },
    drained,
    stop() {
      ending.abort();
      clearTimeout(timer);
      return drained();
    },
  };
}

async function hasWebhooks(db: Database): Promise<boolean> {
  return (await db.query('select from webhooks where deleted_at is null limit 1')).length > 0;
}

/** Until the next attempt; in a shared database never longer than it may take to hear of others. */
async function pauseBefore(db: Database, now: Date): Promise<number | undefined> {
  const due = await nextDue(db);
  const pause = due && Math.min(Math.max(due.getTime() - now.getTime(), 0), longestTimerMs);
  if (!db.isShared) return pause;
  return Math.min(pause ?? lookEveryMs, lookEveryMs);
}

async function runLane(
  options: DispatcherOptions,
  webhookId: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const message = await leaseMessage(options.db, webhookId, options.now());
    if (!message) return;
    await attempt(options, message, signal);
  }
}

async function attempt(
  options: DispatcherOptions,
  message: Message,
  signal: AbortSignal,
): Promise<void> {
  const { db, now, chance = Math.random } = options;
  const begun = performance.now();
  const outcome = await trySend(options, message, signal);
  if (outcome.kind === 'interrupted') return releaseMessage(db, message);
  const at = now();
  const pause =
    outcome.kind === 'failed'
      ? pauseAfter(message.attempt, chance(), outcome.retryAfterSeconds)
      : undefined;
  const dueAt = pause === undefined ? undefined : new Date(at.getTime() + pause);
  const ms = Math.round(performance.now() - begun);
  return db.transaction((tx) => settleMessage(tx, { message, outcome, now: at, ms, dueAt }));
}

/** What cannot even be sent, for a secret that another key sealed above all, must not be tried for ever either. */
async function trySend(
  { send, onError }: DispatcherOptions,
  message: Message,
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  try {
    return await send(message, signal);
  } catch (error) {
    onError(error);
    return { kind: 'failed', problem: `it cannot be sent: ${String(error)}` };
  }
}
