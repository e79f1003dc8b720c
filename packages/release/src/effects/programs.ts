import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];

/** Absolute path of a program on PATH, found by looking, not by running it. */
export function findProgram(name: string): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const directory of directories)
    for (const extension of extensions) {
      const path = join(directory, name + extension);
      if (isExecutable(path)) return path;
    }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not executable: both mean "not this one".
    return false;
  }
}
