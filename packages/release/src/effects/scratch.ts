import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A private temporary directory of this process. */
export interface Scratch {
  /** Absolute path below the directory. */
  path(...parts: string[]): string;
  /** The same, made when it is not there (mode 0700). */
  directory(...parts: string[]): string;
  write(path: string, bytes: Uint8Array): void;
  dispose(): void;
}

export function createScratch(purpose: string): Scratch {
  const base = mkdtempSync(join(tmpdir(), `forge-${purpose}-`));
  return {
    path: (...parts) => join(base, ...parts),
    directory(...parts) {
      const path = join(base, ...parts);
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    },
    write: (path, bytes) => writeFileSync(path, bytes),
    dispose: () => rmSync(base, { recursive: true, force: true }),
  };
}
