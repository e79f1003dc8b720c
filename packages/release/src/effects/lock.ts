import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { processStart } from './process-start';

/** Who releases here. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Tells two processes with one number apart; absent where the system does not say. */
  readonly start?: string;
  /** ISO 8601. */
  readonly since: string;
  /** What it does, for people: `run patch`. */
  readonly command: string;
  /** Nothing gives the lock back but the end of that process, which is no accident then. */
  readonly untilItEnds?: boolean;
}

/** In whose name a lock is taken; by default of this process, which gives it back. */
type Name = Pick<LockHolder, 'pid' | 'untilItEnds'>;

export interface Lock {
  /** The holder that died without giving the lock back, and should have. */
  readonly takenFrom: LockHolder | undefined;
  release(): void;
}

const lockFile = '.forge/lock';

/**
 * One release at a time in a workspace (FORGE-L001). The lock of a process that is dead is taken over. Whether a
 * process on another machine lives cannot be seen from here: its lock stands until somebody removes it.
 */
export function takeLock(
  root: string,
  command: string,
  now: () => number,
  name: Name = { pid: process.pid },
): Result<Lock> {
  const path = join(root, lockFile);
  openDirectory(root);
  const own = holderNamed(name, command, now());
  const text = `${JSON.stringify(own)}\n`;
  let takenFrom: LockHolder | undefined;
  // Each round somebody else's lock is removed or found alive; a second one may come in between.
  for (let round = 0; round < 10; round += 1) {
    if (create(path, text)) return ok({ takenFrom, release: () => giveBack(path, text) });
    const holder = holderOf(path);
    if (holder === 'gone') continue;
    if (holder === 'unreadable' || isAlive(holder)) return fail(held(holder));
    if (removeExactly(path, `${JSON.stringify(holder)}\n`) && !holder.untilItEnds)
      takenFrom = holder;
  }
  return fail(held(holderOf(path)));
}

/** What stands there is for this machine only: it makes no working tree dirty, whatever the workspace ignores. */
function openDirectory(root: string): void {
  mkdirSync(join(root, '.forge'), { recursive: true });
  const ignore = join(root, '.forge/.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
}

/** Who holds the lock and lives; undefined when nobody does. */
export function lockHolder(root: string): LockHolder | undefined {
  const holder = holderOf(join(root, lockFile));
  return typeof holder === 'object' && isAlive(holder) ? holder : undefined;
}

function holderNamed({ pid, untilItEnds }: Name, command: string, now: number): LockHolder {
  const start = processStart(pid);
  return {
    pid,
    host: hostname(),
    ...(start === undefined ? {} : { start }),
    since: new Date(now).toISOString(),
    command,
    ...(untilItEnds ? { untilItEnds } : {}),
  };
}

/** With its whole text or not at all: a link to a written file appears at once, and only where nothing stands. */
function create(path: string, text: string): boolean {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Takes a file away and looks at it: when two processes find one dead holder, only one of them gets its lock. */
function removeExactly(path: string, text: string): boolean {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const isIt = readFileSync(aside, 'utf8') === text;
  // Somebody's living lock was caught: it goes back, unless another one stands there already.
  if (!isIt) create(path, readFileSync(aside, 'utf8'));
  rmSync(aside, { force: true });
  return isIt;
}

function holderOf(path: string): LockHolder | 'gone' | 'unreadable' {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

function isAlive({ pid, host, start }: LockHolder): boolean {
  if (host !== hostname()) return true;
  const now = processStart(pid);
  if (now === undefined) return false;
  return start === undefined || now === start;
}

function giveBack(path: string, text: string): void {
  removeExactly(path, text);
}

function held(holder: LockHolder | 'gone' | 'unreadable'): ForgeError {
  if (typeof holder === 'string')
    return new ForgeError('FORGE-L001', {
      what: `\`${lockFile}\` is held, and does not say by whom`,
    });
  const { pid, host, since, command } = holder;
  const away = host === hostname() ? '' : ` on \`${host}\``;
  const what = `\`${command}\` releases in this workspace since ${since} (process ${pid}${away})`;
  const fix = away
    ? `wait for it; if that process is dead, remove \`${lockFile}\``
    : 'wait for it, or end it';
  return new ForgeError('FORGE-L001', { what, fix });
}
