import { existsSync, readFileSync } from 'node:fs';

/**
 * Milliseconds that all finished child processes, and theirs, were on processors so far. Linux counts them in
 * hundredths of a second; elsewhere the clock has to do.
 */
export function processorTimeOfChildren(): number {
  const file = '/proc/self/stat';
  if (!existsSync(file)) return performance.now();
  // The second field, a name in parentheses, may hold blanks; `cutime` and `cstime` are fields 16 and 17.
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const [user, system] = fields.slice(13, 15).map(Number);
  return ((user ?? 0) + (system ?? 0)) * 10;
}
