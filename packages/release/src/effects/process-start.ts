import { readFileSync } from 'node:fs';

/**
 * Something that tells a living process apart from another one that gets its number later; undefined when there is
 * no such process. Linux counts clock ticks since boot in the 22nd field of `/proc/<pid>/stat`; elsewhere only the
 * number is known, and every living process of that number passes for it.
 */
export function processStart(pid: number): string | undefined {
  if (!isRunning(pid)) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, blanks and parentheses too.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : fields[18];
  } catch {
    // No such file system here.
    return '';
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
