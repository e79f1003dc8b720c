import { ForgeError } from '@forge/ecosystems';
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A held data directory. */
export interface Lock {
  release(): void;
}

/**
 * Two PGlite instances in one directory do not notice each other and lose each other's rows (0.5.16),
 * so the directory is ours to guard. The holder is named by pid and start time, because pids are
 * used again: in a container every server is pid 1. FORGE-R008 when the holder lives.
 */
export function lockDirectory(directory: string): Lock {
  const file = path.join(directory, 'lock');
  const holder = describeProcess(process.pid);
  if (!tryCreate(file, holder)) {
    const other = readFileSync(file, 'utf8').trim();
    if (isAlive(other)) {
      throw new ForgeError('FORGE-R008', {
        what: `\`${directory}\` is in use by process ${other.split(' ')[0] ?? other}`,
      });
    }
    unlinkSync(file);
    if (!tryCreate(file, holder)) return lockDirectory(directory);
  }
  return { release: () => unlinkSync(file) };
}

function tryCreate(file: string, holder: string): boolean {
  try {
    writeFileSync(file, `${holder}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** `pid starttime`; the start time is empty where the system does not tell it through /proc. */
function describeProcess(pid: number): string {
  return `${pid} ${startTime(pid)}`.trim();
}

function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything; field 22 is counted after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function isAlive(holder: string): boolean {
  const pid = Number(holder.split(' ')[0]);
  return Number.isInteger(pid) && pid > 0 && exists(pid) && describeProcess(pid) === holder;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
