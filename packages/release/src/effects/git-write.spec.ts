import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexFiles } from './git-write';

const root = mkdtempSync(join(tmpdir(), 'forge-git-write-'));
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8' });

afterAll(() => rmSync(root, { recursive: true }));

/** What git itself sets for hooks of a work tree: `git rev-parse --local-env-vars` lists the names. */
const ofAHook = (repository: string): Record<string, string> => ({
  GIT_DIR: join(repository, '.git'),
  GIT_INDEX_FILE: join(repository, '.git/index'),
  GIT_WORK_TREE: repository,
});

test('a copy becomes a repository of its own, and that of a hook stays as it is', async () => {
  const users = join(root, 'users');
  const copy = join(root, 'copy');
  for (const directory of [users, copy]) mkdirSync(directory);
  git(users, 'init', '--quiet');
  writeFileSync(join(users, 'kept.txt'), '');
  git(users, 'add', 'kept.txt');
  const before = git(users, 'status', '--porcelain');
  writeFileSync(join(copy, 'copied.txt'), '');
  const hook = ofAHook(users);
  Object.assign(process.env, hook);
  try {
    await indexFiles(copy, ['node_modules']);
  } finally {
    for (const name of Object.keys(hook)) Reflect.deleteProperty(process.env, name);
  }
  expect(git(copy, 'ls-files')).toBe('copied.txt\n');
  expect(git(users, 'ls-files')).toBe('kept.txt\n');
  expect(git(users, 'status', '--porcelain')).toBe(before);
});
