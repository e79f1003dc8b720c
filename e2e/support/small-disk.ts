import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own, mounted on a directory. */
export interface SmallDisk {
  /** Writes a file that leaves so many bytes. */
  fill(left: number): void;
  /** Makes room again, as a person would. */
  clear(): void;
  remove(): void;
}

/** Mounting takes an administrator: this user, or `sudo` without a password as on the machines of CI. */
function asAdministrator(...args: readonly string[]): boolean {
  const [program = '', ...rest] = process.getuid?.() === 0 ? args : ['sudo', '-n', ...args];
  return spawnSync(program, rest).status === 0;
}

/** Mounts an empty disk of 128 MB on a directory; undefined where that is not allowed. */
export function mountSmallDisk(directory: string): SmallDisk | undefined {
  mkdirSync(directory, { recursive: true });
  const mount = ['mount', '-t', 'tmpfs', '-o', 'size=128m,mode=0777', 'small-disk', directory];
  if (!asAdministrator(...mount)) return undefined;
  const filler = join(directory, 'filler.bin');
  return {
    fill(left) {
      const { bavail, bsize } = statfsSync(directory);
      writeFileSync(filler, Buffer.alloc(bavail * bsize - left));
    },
    clear: () => rmSync(filler),
    remove: () => void asAdministrator('umount', '--lazy', directory),
  };
}

/** True where a disk can be mounted; some containers forbid it even to an administrator. */
export function canMount(): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'forge-disk-'));
  const disk = mountSmallDisk(directory);
  disk?.remove();
  rmSync(directory, { recursive: true });
  return disk !== undefined;
}
