import { execa } from 'execa';
import { ForgeError } from '@forge/ecosystems';

/** Workspace-relative paths of all files that git does not ignore, tracked or not, sorted. */
export async function listWorkspaceFiles(root: string): Promise<string[]> {
  const output = await git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return [...new Set(output.split('\0').filter(Boolean))].sort();
}

/** Paths that differ from HEAD, untracked ones included; empty for a clean tree. */
export async function listChangedFiles(root: string): Promise<string[]> {
  const output = await git(root, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--no-renames',
  ]);
  return output
    .split('\0')
    .filter(Boolean)
    .map((line) => line.slice(3));
}

async function git(root: string, args: readonly string[]): Promise<string> {
  const result = await execa('git', [...args], {
    cwd: root,
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
  });
  if (result.exitCode !== 0)
    throw new ForgeError('FORGE-A002', {
      what: `\`git ${args[0]}\` fails in \`${root}\`: ${result.stderr.trim() || result.shortMessage}`,
      fix: 'run inside a git repository',
    });
  return result.stdout;
}
