import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { askGit } from './ask-git';

/** What Nx 23.1 to 24.0 never looks into, whether git ignores it or not. */
const neverListed = /(?:^|\/)(?:node_modules|\.git|\.yarn\/cache|\.nx\/(?:cache|workspace-data))\//;

/**
 * Files below `root` for which `isWanted`, as Nx's own walk over the workspace finds them: on the disk and not
 * ignored. Undefined where git and Nx may not be of one mind: no repository of its own, submodules and repositories
 * inside, ignore files of Nx, links among what is wanted. Git answers in the time that loading Nx's globs takes.
 */
export async function listWantedFiles(
  root: string,
  isWanted: (file: string) => boolean,
): Promise<readonly string[] | undefined> {
  if (!existsSync(join(root, '.git'))) return undefined;
  const [listed, ignored] = await Promise.all([
    lsFiles(root, ['--cached', '--others']),
    // Git goes on listing what was committed before it was ignored.
    lsFiles(root, ['--cached', '--ignored']),
  ]);
  if (!listed || !ignored || listed.some(isBeyondGit)) return undefined;
  const hidden = new Set(ignored);
  const wanted = listed.filter(
    (file) => isWanted(file) && !hidden.has(file) && !neverListed.test(file),
  );
  const stats = wanted.map((file) => lstatSync(join(root, file), { throwIfNoEntry: false }));
  if (stats.some((each) => each?.isSymbolicLink())) return undefined;
  return [...new Set(wanted.filter((_, index) => stats[index]?.isFile()))];
}

/** Another repository inside, listed as a directory, or a file by which Nx and git differ. */
function isBeyondGit(file: string): boolean {
  return file.endsWith('/') || /(?:^|\/)\.(?:gitmodules|nxignore)$/.test(file);
}

async function lsFiles(
  root: string,
  which: readonly string[],
): Promise<readonly string[] | undefined> {
  const output = await askGit(root, ['ls-files', '-z', '--exclude-standard', ...which]);
  return output?.split('\0').filter((file) => file !== '');
}
