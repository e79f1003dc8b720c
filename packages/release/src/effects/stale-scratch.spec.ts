import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createScratch } from './scratch';
import { sweepScratch } from './stale-scratch';

const parent = realpathSync(mkdtempSync(join(tmpdir(), 'sweep-')));
afterAll(() => rmSync(parent, { recursive: true }));

const dead = spawnSync(process.execPath, ['-e', '']).pid;

/** A directory as a process leaves it. */
function leave(
  pid: number,
  marker: object | undefined,
  name = `forge-package-${pid}-aB3dE6`,
): string {
  const directory = join(parent, name);
  mkdirSync(join(directory, 'home'), { recursive: true });
  writeFileSync(join(directory, 'home/settings'), 'text');
  const all = { forge: 'scratch', pid, start: '1', host: hostname(), ...marker };
  if (marker) writeFileSync(join(directory, '.forge-scratch'), JSON.stringify(all));
  return directory;
}

function stays(directory: string): boolean {
  sweepScratch(parent);
  const is = existsSync(directory);
  rmSync(directory, { recursive: true, force: true });
  return is;
}

it('removes what a dead process has left', () => {
  expect(stays(leave(dead, {}))).toBe(false);
});

it('removes what is of another process than the one that has its number now', () => {
  expect(stays(leave(process.pid, { start: 'long ago' }))).toBe(false);
});

it.each([
  ['without a marker', undefined, undefined],
  ['whose marker names another process', { pid: 1 }, undefined],
  ['whose marker is of another program', { forge: 'other' }, undefined],
  ['of another machine', { host: 'elsewhere' }, undefined],
  ['of another name', {}, 'forge-workspace-aB3dE6'],
])('leaves a directory %s', (_, marker, name) => {
  expect(stays(leave(dead, marker, name))).toBe(true);
});

it('leaves what a living process works with, and removes it when that is disposed of', () => {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = parent;
  const scratch = createScratch('package');
  process.env['TMPDIR'] = before;
  expect(basename(scratch.path())).toMatch(new RegExp(`^forge-package-${process.pid}-`));
  sweepScratch(parent);
  expect(existsSync(scratch.path())).toBe(true);
  scratch.keep();
  expect(readdirSync(scratch.path())).toEqual([]);
  scratch.dispose();
  expect(existsSync(scratch.path())).toBe(false);
});

it('follows no link, neither one in the place of a directory nor one inside of it', () => {
  const precious = join(parent, 'precious');
  mkdirSync(precious);
  const marker = { forge: 'scratch', pid: dead, start: '1', host: hostname() };
  writeFileSync(join(precious, '.forge-scratch'), JSON.stringify(marker));
  symlinkSync(precious, join(parent, `forge-package-${dead}-zZ9zZ9`));
  const directory = leave(dead, {});
  symlinkSync(precious, join(directory, 'home/link'));
  expect(stays(directory)).toBe(false);
  expect(existsSync(join(precious, '.forge-scratch'))).toBe(true);
});

const linux = process.platform === 'linux' ? it : it.skip;
linux('leaves a directory in which a program still works', async () => {
  const directory = leave(dead, {});
  const child = spawn(process.execPath, ['-e', 'console.log(1); setTimeout(() => {}, 60000)'], {
    cwd: join(directory, 'home'),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  sweepScratch(parent);
  expect(existsSync(directory)).toBe(true);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  expect(stays(directory)).toBe(false);
});
