import { join } from 'node:path';
import { loadExeca } from './execa';
import { ForgeError } from '@forge/ecosystems';
import { loadWorkspace } from '../graph/load-workspace';
import { resolveCommit } from './git';
import { listWorkingChanges } from './git-state';
import { openWorkspace, readPluginOptions, type Workspace } from './open-workspace';
import { createScratch } from './scratch';
import { createFileReader } from './workspace-reader';

/** A workspace as one commit has it. */
export interface CommittedWorkspace {
  readonly workspace: Workspace;
  dispose(): void;
}

/**
 * The workspace of a commit, whatever the user has done to the files or committed since: a release that is resumed
 * packs what it had planned. Where the working tree is that commit, it is used as it is.
 */
export async function openCommitted(root: string, commit: string): Promise<CommittedWorkspace> {
  const isHead = (await resolveCommit(root, 'HEAD')) === commit;
  if (isHead && (await listWorkingChanges(root)).length === 0)
    return { workspace: await openWorkspace(root), dispose: () => undefined };
  const scratch = createScratch('commit');
  const prefix = (await git(root, ['rev-parse', '--show-prefix'])).trim();
  await checkOut(root, commit, scratch.path());
  const source = join(scratch.path(), prefix);
  const listed = await git(root, ['ls-tree', '-r', '-z', '--name-only', commit]);
  const files = listed.split('\0').filter(Boolean).sort();
  const options = readPluginOptions(source);
  const reader = createFileReader(source, files);
  const model = loadWorkspace(files, reader, options);
  return {
    workspace: { root, source, files, reader, model, options },
    dispose: () => scratch.dispose(),
  };
}

/** By an index of its own: the user's is not touched, and no worktree is left behind by a process that dies. */
async function checkOut(root: string, commit: string, to: string): Promise<void> {
  const env = { GIT_INDEX_FILE: join(to, '.forge-index') };
  await git(root, ['read-tree', commit], env);
  const top = (await git(root, ['rev-parse', '--show-toplevel'])).trim();
  await git(top, ['checkout-index', '--all', '--quiet', `--prefix=${to}/`], env);
}

async function git(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const result = await loadExeca()('git', [...args], {
    ...{ cwd, env, reject: false, stdin: 'ignore', stripFinalNewline: false },
  });
  if (result.exitCode === 0) return result.stdout;
  const what = `\`git ${args[0]}\` fails in \`${cwd}\`: ${result.stderr.trim()}`;
  throw new ForgeError('FORGE-A002', { what });
}
