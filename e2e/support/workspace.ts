import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository } from './repository';

export interface TemporaryWorkspace {
  readonly root: string;
  git(...args: readonly string[]): string;
  commit(message: string): void;
  remove(): void;
}

/**
 * A copy of a workspace in a temporary folder: a fresh git repository with one commit. `install` puts a
 * `node_modules` there, by default this repository's own.
 */
export function copyWorkspace(
  from: string,
  install: (root: string) => void = linkModules,
): TemporaryWorkspace {
  const root = temporaryRoot();
  cpSync(from, root, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) =>
      !/\/(?:node_modules|target|_build|dist-newstyle|\.nx|\.forge)(?:\/|$)/.test(
        path.slice(from.length),
      ),
  });
  return startWorkspace(root, install);
}

/** The same from files that a test writes down; `install` puts a `node_modules` there. */
export function writeWorkspace(
  files: Readonly<Record<string, string | Uint8Array>>,
  install: (root: string) => void = linkModules,
): TemporaryWorkspace {
  const root = temporaryRoot();
  const all = { '.gitignore': 'node_modules\n.nx\n.forge\ntarget\ndist\n', ...files };
  for (const [file, content] of Object.entries(all)) writeInto(root, file, content);
  return startWorkspace(root, install);
}

/** The root `package.json` of a workspace where Forge is installed already, so that `init` has nothing to install. */
export function rootPackage(workspaces: readonly string[] = []): string {
  const devDependencies = { '@forge/release': '0.1.0', nx: '*' };
  const json = { name: 'workspace', private: true, workspaces, devDependencies };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** Writes one file and the directories above it. */
export function writeInto(root: string, file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

function temporaryRoot(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'forge-workspace-')));
}

function linkModules(root: string): void {
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
}

/** Somebody who commits; and nothing that `git commit` would start beside itself or wait for. */
const gitConfig = `[user]
	name = Quill
	email = quill@example.invalid
[commit]
	gpgSign = false
[maintenance]
	auto = false
[core]
	fsync = none
`;

function startWorkspace(root: string, install: (root: string) => void): TemporaryWorkspace {
  install(root);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  appendFileSync(join(root, '.git/config'), gitConfig);
  const commit = (message: string): void => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', message);
  };
  commit('Start');
  return { root, git, commit, remove: () => rmSync(root, { recursive: true, force: true }) };
}
