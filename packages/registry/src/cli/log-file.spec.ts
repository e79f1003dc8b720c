import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLogFile } from './log-file';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'forge-log-'));
});
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

it('appends lines to a file of its owner', async () => {
  const file = path.join(directory, 'log');
  for (const id of [1, 2]) {
    const log = openLogFile(file);
    log.write({ id });
    await log.close();
  }
  expect(readFileSync(file, 'utf8')).toBe('{"id":1}\n{"id":2}\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('is refused at the start where it cannot be written', () => {
  const opening = () => openLogFile(path.join(directory, 'absent', 'log'));
  expect(opening).toThrow(expect.objectContaining({ code: 'FORGE-C001' }));
  expect(opening).toThrow('ENOENT');
});

it('says once that the disk is full, and goes on', async () => {
  const said: string[] = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const log = openLogFile('/dev/full');
  log.write({ id: 1 });
  log.write({ id: 2 });
  while (said.length === 0) await new Promise(setImmediate);
  log.write({ id: 3 });
  await log.close();
  expect(said).toEqual([expect.stringContaining('ENOSPC')]);
});
