import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { processStart } from './process-start';

/** Stands in every directory that is ours, and says whose it is. */
const markerFile = '.forge-scratch';

interface Marker {
  readonly forge: 'scratch';
  readonly pid: number;
  /** Tells two processes with one number apart. */
  readonly start: string;
  /** Containers may share a directory and count their processes each for itself. */
  readonly host: string;
}

/** For `mkdtemp`, with the process in the name. */
export function scratchPrefix(purpose: string): string {
  return `forge-${purpose}-${process.pid}-`;
}

export function markScratch(directory: string): void {
  const start = processStart(process.pid) ?? '';
  const marker: Marker = { forge: 'scratch', pid: process.pid, start, host: hostname() };
  writeFileSync(join(directory, markerFile), JSON.stringify(marker), { flag: 'wx', mode: 0o600 });
}

export function unmarkScratch(directory: string): void {
  rmSync(join(directory, markerFile), { force: true });
}

/**
 * Removes directories of processes that ended without doing so. Only real directories of this user count that hold a
 * marker which agrees with their name; links are neither followed nor removed. One that a program still works in
 * stays: an upload may outlive the process that started it.
 */
export function sweepScratch(parent: string = realpathSync(tmpdir())): void {
  for (const name of readdirSync(parent)) {
    const pid = /^forge-[a-z]+-(\d+)-[A-Za-z0-9]{6}$/.exec(name)?.[1];
    const directory = join(parent, name);
    if (pid === undefined || !isAbandoned(directory, Number(pid)) || isWorkedIn(directory))
      continue;
    try {
      rmSync(directory, { recursive: true, force: true });
    } catch {
      // Another process sweeps as well, or a tool has left what this user may not remove: no reason not to release.
    }
  }
}

function isAbandoned(directory: string, pid: number): boolean {
  try {
    const path = join(directory, markerFile);
    const isOwn = [lstatSync(directory), lstatSync(path)].every(
      ({ uid }) => process.getuid === undefined || uid === process.getuid(),
    );
    if (!isOwn || !lstatSync(directory).isDirectory() || !lstatSync(path).isFile()) return false;
    const marker = JSON.parse(readFileSync(path, 'utf8')) as Partial<Marker> | null;
    if (marker?.forge !== 'scratch' || marker.pid !== pid || marker.host !== hostname())
      return false;
    const start = processStart(pid);
    return start === undefined || start !== marker.start;
  } catch {
    // No marker, or gone meanwhile: not ours to remove.
    return false;
  }
}

/** As far as Linux tells it; elsewhere nobody knows. */
function isWorkedIn(directory: string): boolean {
  try {
    const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return numbers.map(workingDirectory).some((at) => `${at}${sep}`.startsWith(directory + sep));
  } catch {
    return false;
  }
}

function workingDirectory(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It has ended, or belongs to somebody else.
    return '';
  }
}
