import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitHistory } from './history';

describe('the history of a workspace below the root of its repository', () => {
  const repository = mkdtempSync(join(tmpdir(), 'forge-history-'));
  const root = join(repository, 'work');
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  const commits: string[] = [];
  const commit = (...message: string[]): void => {
    git('add', '--all');
    git('commit', '--quiet', ...message.flatMap((part) => ['--message', part]));
    commits.push(git('rev-parse', 'HEAD'));
  };

  beforeAll(() => {
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'Quill');
    git('config', 'user.email', 'quill@example.invalid');
    mkdirSync(join(root, 'lib'), { recursive: true });
    writeFileSync(join(repository, 'outside.txt'), 'outside');
    write('lib/öffnen ä.txt', 'one\n');
    write('gone.txt', 'soon');
    commit('Start');
    git('tag', '--annotate', 'a@1.0.0', '--message', 'a');
    git('checkout', '--quiet', '-b', 'side');
    write('side.txt', 'side');
    commit('On the side');
    git('tag', 'a@9.0.0');
    git('checkout', '--quiet', 'main');
    write('lib/öffnen ä.txt', 'two\n');
    symlinkSync('../lib', join(root, 'lib/link'));
    unlinkSync(join(root, 'gone.txt'));
    writeFileSync(join(repository, 'outside.txt'), 'changed');
    commit('fix(lib)!: open', 'BREAKING CHANGE: all of it');
    git('tag', 'a@1.1.0');
  });
  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  const [start, , last] = [0, 1, 2];
  const history = gitHistory(root);
  const at = (index: number): string => commits[index] ?? '';

  it('knows tags of ancestors with the commits they stand on, annotated or not', async () => {
    expect(await history.tags()).toEqual([
      { name: 'a@1.0.0', commit: at(start) },
      { name: 'a@1.1.0', commit: at(last) },
    ]);
  });

  it('knows what changed, inside of the workspace', async () => {
    expect(await history.pathsSince(at(start))).toEqual([
      'gone.txt',
      'lib/link',
      'lib/öffnen ä.txt',
    ]);
  });

  it('knows commits with their messages and paths', async () => {
    expect(await history.commits(at(start))).toEqual([
      {
        hash: at(last),
        subject: 'fix(lib)!: open',
        body: 'BREAKING CHANGE: all of it',
        paths: ['gone.txt', 'lib/link', 'lib/öffnen ä.txt'],
      },
    ]);
    expect((await history.commits()).map(({ subject }) => subject)).toEqual([
      'fix(lib)!: open',
      'Start',
    ]);
    expect(await history.commitsOf(['gone.txt'])).toEqual([at(last), at(start)]);
  });

  it('reads files as they were', async () => {
    const questions = ['gone.txt', 'never.txt', 'lib/öffnen ä.txt'].map((path) => ({
      commit: at(start),
      path,
    }));
    expect((await history.read(questions)).map((bytes) => bytes && String(bytes))).toEqual([
      'soon',
      undefined,
      'one\n',
    ]);
  });

  it('knows links', async () => {
    expect(await history.links()).toEqual([{ path: 'lib/link', target: '../lib' }]);
  });

  it('tells a commit from what is none', async () => {
    expect(await history.resolve('a@1.0.0')).toBe(at(start));
    expect(await history.resolve('nothing')).toBeUndefined();
    expect(await history.resolve('--all')).toBeUndefined();
    expect(await history.isShallow()).toBe(false);
  });
});
