import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookAround } from './surroundings';

const root = mkdtempSync(join(tmpdir(), 'forge-surroundings-'));
const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: root });
const around = (allowDirty = false) => lookAround(root, { allowDirty });

beforeAll(() => {
  git('init', '--quiet', '--initial-branch=releases/1');
  git('config', 'user.name', 'Quill');
  git('config', 'user.email', 'quill@example.invalid');
  git('commit', '--quiet', '--allow-empty', '--message', 'Start');
  git('tag', 'a/b@1.0.0');
  git('tag', '--annotate', 'v2', '--message', 'two');
  // A branch with the name of a tag is none.
  git('branch', 'v3');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('tells the branch and the tags, and what differs from the commit', async () => {
  writeFileSync(join(root, 'new.txt'), '');
  expect(await around()).toMatchObject({
    ...{ branch: 'releases/1', defaultBranch: undefined, tags: new Set(['a/b@1.0.0', 'v2']) },
    changedFiles: ['new.txt'],
  });
  expect((await around(true)).changedFiles).toEqual([]);
});

it('takes the default branch from the origin, and else from nx.json', async () => {
  writeFileSync(join(root, 'nx.json'), '{ "defaultBase": "main" }');
  expect((await around()).defaultBranch).toBe('main');
  git('update-ref', 'refs/remotes/origin/next/2', 'HEAD');
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/next/2');
  expect((await around()).defaultBranch).toBe('next/2');
});

it('knows no branch where HEAD is on none, and nothing outside of a repository', async () => {
  git('checkout', '--quiet', '--detach');
  expect(await around()).toMatchObject({ branch: undefined, tags: new Set(['a/b@1.0.0', 'v2']) });
  const outside = mkdtempSync(join(tmpdir(), 'forge-surroundings-'));
  expect(await lookAround(outside, { allowDirty: true })).toMatchObject({
    ...{ branch: undefined, defaultBranch: undefined, tags: new Set() },
  });
  rmSync(outside, { recursive: true });
});
