import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askGit } from './ask-git';
import { readIfPresent } from './files';
import { listChangedFiles } from './git';

/** What stands around a release and can stop it. */
export interface Surroundings {
  /** Uncommitted paths, workspace-relative. */
  readonly changedFiles: readonly string[];
  /** Undefined for a detached HEAD, as CI systems have it. */
  readonly branch: string | undefined;
  /** Undefined where nobody says which it is. */
  readonly defaultBranch: string | undefined;
  /** Names of all tags. */
  readonly tags: ReadonlySet<string>;
  /** Bytes that are free where artifacts are made, by directory; undefined where that cannot be told. */
  readonly room: Readonly<Record<string, number | undefined>>;
}

/** Outside of a git repository there are no branches and tags. */
export async function lookAround(
  root: string,
  { allowDirty }: { readonly allowDirty: boolean },
): Promise<Surroundings> {
  const [references, changedFiles] = await Promise.all([
    listReferences(root),
    allowDirty ? [] : listChangedFiles(root),
  ]);
  const { branch, defaultBranch = nxBase(root), tags } = references;
  return {
    ...{ changedFiles, branch, defaultBranch, tags },
    room: Object.fromEntries([...new Set([root, tmpdir()])].map((at) => [at, freeBytes(at)])),
  };
}

/** What `nx affected` compares with; also where a clone does not know the default branch of its origin. */
function nxBase(root: string): string | undefined {
  const bytes = readIfPresent(join(root, 'nx.json'));
  if (!bytes) return undefined;
  return (JSON.parse(Buffer.from(bytes).toString()) as { defaultBase?: string }).defaultBase;
}

function freeBytes(directory: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    // Some file systems cannot say it: that is no reason to stop.
    return undefined;
  }
}

/** One question for all of them: to start a program takes longer than what git has to do. */
async function listReferences(
  cwd: string,
): Promise<Pick<Surroundings, 'branch' | 'defaultBranch' | 'tags'>> {
  const originHead = 'refs/remotes/origin/HEAD';
  const format = '--format=%(HEAD)%(refname)%00%(symref)';
  const args = ['for-each-ref', format, 'refs/heads', 'refs/tags', originHead];
  // Where git fails there is no repository, and nothing in it.
  const lines = (await askGit(cwd, args))?.split('\n') ?? [];
  const head = lines.find((line) => line.startsWith(` ${originHead}\0`));
  return {
    branch: namesBelow('*refs/heads/', lines)[0],
    defaultBranch: head?.split('\0refs/remotes/origin/')[1],
    tags: new Set(namesBelow(' refs/tags/', lines)),
  };
}

function namesBelow(start: string, lines: readonly string[]): string[] {
  return lines
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length, line.indexOf('\0')));
}
