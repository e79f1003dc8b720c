import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal, readJournal } from './journal';

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'forge-journal-')), 'deep/journal.jsonl');
});
afterEach(() => rmSync(join(file, '../..'), { recursive: true }));

it('is one line of JSON for each thing, in order, with the time', () => {
  let now = 0;
  const journal = openJournal(file, () => (now += 1000));
  journal.append('begin', { head: 'abc' });
  journal.append('step', { step: 'tag', subject: 'ä\n' });
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  expect(journal.entries()).toEqual([
    { at: '1970-01-01T00:00:01.000Z', event: 'begin', head: 'abc' },
    { at: '1970-01-01T00:00:02.000Z', event: 'step', step: 'tag', subject: 'ä\n' },
  ]);
});

it('waits for the disk before an act, and not for what can be found out again', () => {
  const synced = jest.spyOn(fs, 'fsyncSync');
  const journal = openJournal(file, () => 0);
  journal.append('step', { state: 'begins' });
  expect(synced).toHaveBeenCalledTimes(1);
  journal.note('step', { state: 'done' });
  expect(synced).toHaveBeenCalledTimes(1);
  expect(journal.entries().map(({ state }) => state)).toEqual(['begins', 'done']);
  synced.mockRestore();
});

it('forgets a last line that was cut off, and goes on behind the one before', () => {
  openJournal(file, () => 0).append('begin', {});
  appendFileSync(file, '{"at":"1970-01-01T00:00:00.000Z","event":"st');
  expect(readJournal(file).map(({ event }) => event)).toEqual(['begin']);
  openJournal(file, () => 0).append('end', {});
  expect(readJournal(file).map(({ event }) => event)).toEqual(['begin', 'end']);
});

it('is empty where there is no file', () => {
  expect(readJournal(file)).toEqual([]);
});
