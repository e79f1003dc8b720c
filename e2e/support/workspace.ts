import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './repository';

export interface TemporaryWorkspace {
  readonly root: string;
  git(...args: readonly string[]): string;
  commit(message: string): void;
  remove(): void;
}

/** A copy of a workspace in a temporary folder: a fresh git repository with one commit, and this repository's packages installed. */
export function copyWorkspace(from: string): TemporaryWorkspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'forge-workspace-')));
  cpSync(from, root, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) =>
      !/\/(?:node_modules|target|_build|dist-newstyle|\.nx|\.forge)(?:\/|$)/.test(
        path.slice(from.length),
      ),
  });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Quill');
  git('config', 'user.email', 'quill@example.invalid');
  git('config', 'commit.gpgsign', 'false');
  const commit = (message: string): void => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', message);
  };
  commit('Start');
  return { root, git, commit, remove: () => rmSync(root, { recursive: true, force: true }) };
}
