import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHolder, takeLock } from './lock';
import { joinNxRun, type Descent } from './nx-run-lock';

let root: string;
const joined = (descent: Partial<Descent>, command = 'nx publish') =>
  joinNxRun(root, command, () => 0, { env: {}, connected: false, ...descent });
const nx24 = (...pids: readonly number[]): Partial<Descent> => ({
  env: { NX_FORKED_TASK_EXECUTOR: 'true', NX_INVOCATION_ANCESTOR_PIDS: pids.join(',') },
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-nx-lock-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('is held by the process of Nx that is next above a task, until that ends', () => {
  expect(joined(nx24(1, process.ppid))).toMatchObject({ ok: true });
  expect(lockHolder(root)).toMatchObject({ pid: process.ppid, untilItEnds: true });
});

it('is held by the parent of a batch, which Nx 23 does not name', () => {
  expect(joined({ connected: true })).toMatchObject({ ok: true });
  expect(lockHolder(root)).toMatchObject({ pid: process.ppid });
});

it('is held by Nx itself where it versions, and is given back when it ends', () => {
  const before = new Set(process.listeners('exit'));
  expect(joined({}, 'nx release patch')).toMatchObject({ ok: true });
  expect(lockHolder(root)).toMatchObject({ pid: process.pid, command: 'nx release patch' });
  const [giveBack] = process.listeners('exit').filter((each) => !before.has(each));
  giveBack?.(0);
  expect(existsSync(join(root, '.forge/lock'))).toBe(false);
});

it('is shared by all tasks of one run', () => {
  joined(nx24(process.ppid));
  const text = readFileSync(join(root, '.forge/lock'), 'utf8');
  for (const descent of [nx24(process.ppid), { connected: true }, {}])
    expect(joined(descent)).toEqual({ ok: true, value: undefined });
  expect(readFileSync(join(root, '.forge/lock'), 'utf8')).toBe(text);
});

it('keeps out every other release, and is kept out by it (FORGE-L001)', () => {
  joined({ connected: true });
  const own = takeLock(root, 'run patch', () => 0);
  expect(own).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L001' }] });
  rmSync(join(root, '.forge/lock'));
  takeLock(root, 'run patch', () => 0);
  expect(joined({ connected: true })).toMatchObject({
    problems: [{ code: 'FORGE-L001', what: expect.stringContaining('`run patch`') }],
  });
});

it('is taken over without a word when that run of Nx has ended', () => {
  takeLock(root, 'nx publish', () => 0, { pid: 2 ** 22 - 1, untilItEnds: true });
  expect(takeLock(root, 'run patch', () => 0)).toMatchObject({
    ok: true,
    value: { takenFrom: undefined },
  });
});
