import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadExeca } from './execa';
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
  const [branch, head, tags] = await Promise.all([
    lines(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
    lines(root, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']),
    lines(root, ['tag', '--list']),
  ]);
  return {
    changedFiles: allowDirty ? [] : await listChangedFiles(root),
    branch: branch[0],
    defaultBranch: head[0]?.replace(/^origin\//, '') ?? nxBase(root),
    tags: new Set(tags),
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

/** Nothing where git fails: no repository, no such reference. */
async function lines(cwd: string, args: readonly string[]): Promise<string[]> {
  const result = await loadExeca()('git', [...args], { cwd, reject: false, stdin: 'ignore' });
  return result.exitCode === 0 ? result.stdout.split('\n').filter(Boolean) : [];
}
