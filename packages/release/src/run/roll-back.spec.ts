import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../effects/world';
import { rollBack } from './roll-back';
import { cutOffRelease, type CutOffRelease } from './testing/cut-off-release';

const world = {} as World;
let release: CutOffRelease;
beforeEach(() => {
  release = cutOffRelease();
});
afterEach(() => release.remove());

const roll = () => rollBack(release.root, release.store, world);
const text = (): string => readFileSync(join(release.root, 'a.toml'), 'utf8');

it('puts files back that were written', async () => {
  release.version();
  expect(await roll()).toMatchObject({ ok: true, value: { lines: ['put back 1 file'], left: [] } });
  expect(text()).toBe('version = 1.0.0\n');
  expect(release.store.state().outcome).toBe('rolled back');
});

it('puts a file back that was being written', async () => {
  release.write('a.toml', 'version =');
  expect(await roll()).toMatchObject({ ok: true });
  expect(text()).toBe('version = 1.0.0\n');
});

it('leaves a file that somebody changed since, and everything else (FORGE-L004)', async () => {
  release.commit();
  release.write('a.toml', 'version = 1.1.0 # mine\n');
  const head = release.git('rev-parse', 'HEAD');
  expect(await roll()).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L004' }] });
  expect([text(), release.git('rev-parse', 'HEAD')]).toEqual(['version = 1.1.0 # mine\n', head]);
});

it('takes back its commit and its tags, and no others', async () => {
  const commit = release.commit();
  release.git('tag', 'a@1.1.0');
  release.git('tag', 'mine');
  release.store.journal.append('step', { step: 'tag', subject: 'a@1.1.0', state: 'done' });
  release.write('staged.txt', 'mine\n');
  release.git('add', 'staged.txt');
  expect(await roll()).toMatchObject({ ok: true });
  expect(release.git('rev-parse', 'HEAD')).toBe(release.store.planned.head);
  expect(release.git('tag')).toBe('mine');
  expect(release.git('rev-parse', 'mine')).toBe(commit);
  expect(release.git('status', '--porcelain')).toBe('A  staged.txt');
});

it('leaves a tag of that name which it did not set', async () => {
  release.commit();
  release.git('tag', 'a@1.1.0');
  await roll();
  expect(release.git('tag')).toBe('a@1.1.0');
});

it.each([
  ['that somebody built on', () => release.git('commit', '--allow-empty', '--message', 'mine')],
  [
    'that is pushed',
    () => release.git('update-ref', 'refs/remotes/origin/main', release.git('rev-parse', 'HEAD')),
  ],
])('leaves a commit %s, and says so (FORGE-L008)', async (_, happen) => {
  release.commit();
  happen();
  const head = release.git('rev-parse', 'HEAD');
  expect(await roll()).toMatchObject({ ok: true, value: { left: [{ code: 'FORGE-L008' }] } });
  expect([release.git('rev-parse', 'HEAD'), text()]).toEqual([head, 'version = 1.1.0\n']);
  expect(release.store.state().outcome).toBe('abandoned');
});

it('finds a commit that was made by a process that could not say so', async () => {
  release.version();
  release.git('commit', '--quiet', '--all', '--message', 'release');
  await roll();
  expect(release.git('rev-parse', 'HEAD')).toBe(release.store.planned.head);
});
