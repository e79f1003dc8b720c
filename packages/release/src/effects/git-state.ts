import { loadExeca } from './execa';
import { resolveCommit } from './git';

/** The branch that HEAD is on; undefined for a detached one. */
export async function currentBranch(root: string): Promise<string | undefined> {
  return read(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
}

/** The commit that a tag stands on; undefined when there is no such tag. */
export function commitOfTag(root: string, tag: string): Promise<string | undefined> {
  return resolveCommit(root, `refs/tags/${tag}`);
}

/** The first parent of a commit. */
export function parentOf(root: string, commit: string): Promise<string | undefined> {
  return resolveCommit(root, `${commit}^1`);
}

/** Workspace-relative paths that differ from HEAD in the working tree or the index, untracked ones included. */
export async function listWorkingChanges(root: string): Promise<string[]> {
  const changed = await paths(root, [
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--relative',
    'HEAD',
  ]);
  const others = await paths(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  return [...new Set([...changed, ...others])].sort();
}

/** Workspace-relative paths in which two commits differ. */
export async function listDifferences(root: string, from: string, to: string): Promise<string[]> {
  const args = ['diff', '--name-only', '-z', '--no-renames', '--relative', from, to];
  return (await paths(root, args)).sort();
}

/** True when a branch of a remote is known to have the commit. */
export async function isPushed(root: string, commit: string): Promise<boolean> {
  const branches = await read(root, ['branch', '--remotes', '--contains', commit]);
  return branches !== undefined && branches !== '';
}

/** True when the commit is HEAD or an ancestor of it. */
export async function isInHead(root: string, commit: string): Promise<boolean> {
  return (await read(root, ['merge-base', '--is-ancestor', commit, 'HEAD'])) !== undefined;
}

/** URL of a remote; undefined when there is none of that name. */
export function remoteUrl(root: string, remote: string): Promise<string | undefined> {
  return read(root, ['remote', 'get-url', remote]);
}

async function paths(root: string, args: readonly string[]): Promise<string[]> {
  return ((await read(root, args)) ?? '').split('\0').filter(Boolean);
}

/** The output; undefined when git says no. */
async function read(root: string, args: readonly string[]): Promise<string | undefined> {
  const result = await loadExeca()('git', [...args], { cwd: root, reject: false, stdin: 'ignore' });
  return result.exitCode === 0 ? result.stdout : undefined;
}
