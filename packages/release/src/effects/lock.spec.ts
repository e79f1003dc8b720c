import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHolder, takeLock, type Lock } from './lock';

let root: string;
const file = (): string => join(root, '.forge/lock');
const take = () => takeLock(root, 'run patch', () => 0);
const plant = (holder: object): void => {
  mkdirSync(join(root, '.forge'), { recursive: true });
  writeFileSync(file(), `${JSON.stringify(holder)}\n`);
};
const taken = (): Lock => {
  const lock = take();
  if (!lock.ok) throw lock.problems[0] ?? new Error('refused');
  return lock.value;
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-lock-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('is held until it is given back', () => {
  const lock = taken();
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
    ...{ pid: process.pid, host: hostname(), command: 'run patch' },
    since: '1970-01-01T00:00:00.000Z',
  });
  expect(lockHolder(root)?.pid).toBe(process.pid);
  lock.release();
  expect(existsSync(file())).toBe(false);
  expect(lockHolder(root)).toBeUndefined();
});

it('refuses a second release and says who has it (FORGE-L001)', () => {
  taken();
  const second = take();
  expect(second).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L001' }] });
  expect(JSON.stringify(second)).toContain(`process ${process.pid}`);
});

it('is taken over from a process that is dead', () => {
  const { pid } = JSON.parse(
    execFileSync(process.execPath, ['-p', 'JSON.stringify({ pid: process.pid })'], {
      encoding: 'utf8',
    }),
  ) as { pid: number };
  plant({ pid, host: hostname(), since: 'then', command: 'run minor' });
  expect(taken().takenFrom).toMatchObject({ pid, command: 'run minor' });
});

it('is taken over from a process whose number somebody else has now', () => {
  plant({ pid: process.pid, host: hostname(), start: '1', since: 'then', command: 'run minor' });
  expect(taken().takenFrom).toMatchObject({ start: '1' });
});

it('stays with a process of another machine, and with what cannot be read', () => {
  plant({ pid: 1, host: 'elsewhere.example', since: 'then', command: 'run minor' });
  expect(take()).toMatchObject({
    ok: false,
    problems: [{ fix: expect.stringContaining('remove') }],
  });
  writeFileSync(file(), '{');
  expect(take()).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L001' }] });
});

it('does not take away the lock of whoever came after', () => {
  const lock = taken();
  plant({ pid: 1, host: 'elsewhere.example', since: 'then', command: 'run minor' });
  lock.release();
  expect(existsSync(file())).toBe(true);
});
