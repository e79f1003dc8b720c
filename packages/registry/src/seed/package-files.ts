import { readdirSync } from 'node:fs';
import path from 'node:path';

/** All files below a directory but hidden ones, relative to it, in the order of their names. Links are not followed. */
export function packageFiles(directory: string, below = ''): readonly string[] {
  return readdirSync(path.join(directory, below), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(below, entry.name);
      if (entry.isDirectory()) return packageFiles(directory, file);
      return entry.isFile() ? [file] : [];
    });
}
