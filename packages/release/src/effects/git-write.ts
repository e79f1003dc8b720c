import { mkdirSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { loadExeca } from './execa';

/** What git said, and whether it did what it was asked. */
interface GitAnswer {
  readonly ok: boolean;
  readonly output: string;
  readonly error: string;
}

/** A git whose process outlived ours may still hold the index. */
const lockPatience = 10_000;

/**
 * Commits exactly these paths as they stand in the working tree, deleted ones too; whatever else is staged or changed
 * stays as it is. Hooks and signing are the user's. Answers the hash. FORGE-L006
 */
export async function commitPaths(
  root: string,
  paths: readonly string[],
  message: string,
): Promise<Result<string>> {
  const list = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const input = paths.join('\0');
  const added = await git(root, ['add', '--all', ...list], input);
  if (!added.ok) return refused('add', added);
  const args = ['commit', '--quiet', '--only', ...list, '--message', message];
  const committed = await git(root, args, input);
  if (!committed.ok) return refused('commit', committed);
  return ok((await git(root, ['rev-parse', 'HEAD'])).output.trim());
}

/**
 * Takes back a commit that is HEAD: the branch and the index entries of its paths go back to its parent, the working
 * tree stays as it is. False when HEAD is another commit.
 */
export async function uncommit(
  root: string,
  commit: string,
  parent: string,
  paths: readonly string[],
): Promise<boolean> {
  const reason = ['-m', 'forge-release: roll back'];
  const moved = await git(root, ['update-ref', ...reason, 'HEAD', parent, commit]);
  if (!moved.ok) return false;
  const list = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  return (await git(root, ['reset', '--quiet', ...list], paths.join('\0'))).ok;
}

/** Sets an annotated tag. FORGE-L007 */
export async function setTag(
  root: string,
  tag: string,
  commit: string,
  message: string,
): Promise<Result<void>> {
  const answer = await git(root, ['tag', '--annotate', '--file=-', '--', tag, commit], message);
  if (answer.ok) return ok(undefined);
  const what = `the tag \`${tag}\` cannot be set: ${reasonOf(answer)}`;
  return fail(new ForgeError('FORGE-L007', { what }));
}

/** Deletes a tag if it still stands on this commit. */
export async function deleteTag(root: string, tag: string, commit: string): Promise<boolean> {
  const ref = `refs/tags/${tag}`;
  const stands = await git(root, ['rev-parse', '--verify', '--quiet', ref]);
  const target = await git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  if (!stands.ok || target.output.trim() !== commit) return false;
  return (await git(root, ['update-ref', '-d', ref, stands.output.trim()])).ok;
}

/** Sends a commit and tags to a remote. Everything that is there already is fine. FORGE-L009 */
export async function push(
  root: string,
  remote: string,
  refs: readonly string[],
): Promise<Result<void>> {
  const answer = await git(root, ['push', '--porcelain', '--', remote, ...refs]);
  if (answer.ok) return ok(undefined);
  const what = `\`git push ${remote}\` fails: ${reasonOf(answer)}`;
  return fail(new ForgeError('FORGE-L009', { what }));
}

/**
 * Makes a directory of copied files look like a check-out: a repository without a commit, whose index has every file.
 * Tools that ask git what belongs to a package get the answer they would get in the workspace; `hidden` paths, which
 * were put there for builds, are none of it. Contents are not read, so no filter of the user's runs. FORGE-A002
 */
export async function indexFiles(root: string, hidden: readonly string[]): Promise<void> {
  await inCopy(root, 'init', ['--quiet', '--template=']);
  await inCopy(root, 'add', ['--intent-to-add', '--force', '--all', '--', '.']);
  mkdirSync(join(root, '.git/info'), { recursive: true });
  writeFileSync(join(root, '.git/info/exclude'), hidden.map((path) => `/${path}\n`).join(''));
}

async function inCopy(root: string, command: string, args: readonly string[]): Promise<void> {
  const options = ['-c', 'core.fsmonitor=false', '-c', 'advice.addEmbeddedRepo=false'];
  const answer = await git(root, [...options, command, ...args], '', ofNobody());
  const what = `\`git ${command}\` fails in the copy that packages are built from: ${reasonOf(answer)}`;
  if (!answer.ok) throw new ForgeError('FORGE-A002', { what });
}

/**
 * Nothing that names another repository or its ways: within a hook, git hands its own repository and index to
 * everything it starts, by variables.
 */
function ofNobody(): NodeJS.ProcessEnv {
  const inherited = Object.keys(process.env).filter((name) => name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
  };
}

async function git(
  root: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = {},
): Promise<GitAnswer> {
  const deadline = Date.now() + lockPatience;
  for (;;) {
    const result = await loadExeca()('git', ['--literal-pathspecs', ...args], {
      cwd: root,
      input,
      reject: false,
      // Nothing may wait for an answer that nobody gives.
      env: { ...env, GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true' },
    });
    const isLocked = result.exitCode !== 0 && /\.lock': File exists/.test(result.stderr);
    if (!isLocked || Date.now() > deadline)
      return { ok: result.exitCode === 0, output: result.stdout, error: result.stderr };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function refused(command: string, answer: GitAnswer): Result<never> {
  const what = `\`git ${command}\` refuses the files of the release: ${reasonOf(answer)}`;
  return fail(new ForgeError('FORGE-L006', { what }));
}

function reasonOf({ output, error }: GitAnswer): string {
  return error.trim() || output.trim() || 'it does not say why';
}
