import { readFileSync } from 'node:fs';

/**
 * Something that tells a living process apart from another one that gets its number later; undefined when there is
 * no such process. Linux counts clock ticks since boot in the 22nd field of `/proc/<pid>/stat`; elsewhere only the
 * number is known, and every living process of that number passes for it.
 */
export function processStart(pid: number): string | undefined {
  if (!isRunning(pid)) return undefined;
  const fields = statOf(pid);
  if (!fields) return '';
  return fields[0] === 'Z' ? undefined : fields[19];
}

/** Who started a process; undefined where the system does not say, and above the first one. */
export function processParent(pid: number): number | undefined {
  return Number(statOf(pid)?.[1]) || undefined;
}

/**
 * State, parent and so on; undefined where there is no such file system, or no such process any more, and where
 * the system shows a user no processes but his own (`hidepid`).
 */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, blanks and parentheses too.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return undefined;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process cannot be signalled, and lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
