import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes files that only this user can read, runs the work, and removes them whatever happens. */
export async function withPrivateFiles<T>(
  files: readonly { readonly path: string; readonly content: string }[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, content, { mode: 0o600 });
    }
    return await work();
  } finally {
    for (const { path } of files) rmSync(path, { force: true });
  }
}
