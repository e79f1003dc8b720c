import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markScratch, scratchPrefix, sweepScratch, unmarkScratch } from './stale-scratch';

/** A private temporary directory of this process. */
export interface Scratch {
  /** Absolute path below the directory. */
  path(...parts: string[]): string;
  /** The same, made when it is not there (mode 0700). */
  directory(...parts: string[]): string;
  write(path: string, bytes: Uint8Array): void;
  /** Leaves it to the user for good. */
  keep(): void;
  dispose(): void;
}

let isSwept = false;

/** The first one of a process removes what killed ones have left. */
export function createScratch(purpose: string): Scratch {
  if (!isSwept) sweepScratch();
  isSwept = true;
  const base = mkdtempSync(join(tmpdir(), scratchPrefix(purpose)));
  markScratch(base);
  return {
    path: (...parts) => join(base, ...parts),
    directory(...parts) {
      const path = join(base, ...parts);
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    },
    write: (path, bytes) => writeFileSync(path, bytes),
    keep: () => unmarkScratch(base),
    dispose: () => rmSync(base, { recursive: true, force: true }),
  };
}
