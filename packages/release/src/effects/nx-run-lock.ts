import { ok, type Result } from '@forge/ecosystems';
import { lockHolder, takeLock } from './lock';
import { processParent, processStart } from './process-start';

/** What a process knows of those above it. */
export interface Descent {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Has a channel to its parent. */
  readonly connected: boolean;
}

/**
 * Takes the lock of releases for the run of Nx that this process is a part of, or finds that the run has it already:
 * Nx starts the tasks of one run in processes of their own, several at once, and none knows that it is the last. So it
 * is held in the name of Nx's own process, and until that has ended. FORGE-L001 when anybody else releases.
 */
export function joinNxRun(
  root: string,
  command: string,
  now: () => number,
  descent: Descent = process,
): Result<void> {
  const holder = lockHolder(root);
  if (holder?.untilItEnds && kin(descent).has(holder.pid)) return ok(undefined);
  const pid = isStartedByNx(descent) ? nxProcess(descent) : process.pid;
  const lock = takeLock(root, command, now, { pid, untilItEnds: true });
  if (!lock.ok) return lock;
  if (pid === process.pid) process.once('exit', () => lock.value.release());
  return ok(undefined);
}

/** A task of its own or one of a batch; the latter only has a channel to its parent. */
function isStartedByNx({ env, connected }: Descent): boolean {
  return env['NX_FORKED_TASK_EXECUTOR'] === 'true' || connected;
}

/** Nx 24 names all its processes above a task, Nx 23 the outermost one, and neither does so for a batch of Nx 23. */
function nxProcess({ env }: Descent): number {
  const named = namedByNx(env).filter((pid) => processStart(pid) !== undefined);
  return named.at(-1) ?? process.ppid;
}

function namedByNx(env: Descent['env']): readonly number[] {
  const { NX_INVOCATION_ANCESTOR_PIDS: all, NX_INVOCATION_ROOT_PID: root } = env;
  return (all ?? root ?? '').split(',').map(Number).filter(Boolean);
}

/** This process and those above it, as far as they are known. */
function kin({ env }: Descent): ReadonlySet<number> {
  const known = new Set([process.pid, process.ppid, ...namedByNx(env)]);
  for (let pid = processParent(process.ppid); pid; pid = processParent(pid)) known.add(pid);
  return known;
}
