import type { JournalEntry } from './journal';
import { findStep, isDone, livePackages, releaseState, touchedPackages } from './release-state';

const at = '2026-01-01T00:00:00.000Z';
const begin: JournalEntry = { at, event: 'begin', head: 'abc' };
const step = (name: string, state: string, subject?: string): JournalEntry => ({
  ...{ at, event: 'step', step: name, state },
  ...(subject === undefined ? {} : { subject }),
});

it('knows the last word on each step of each subject', () => {
  const state = releaseState([
    begin,
    step('tag', 'failed', 'a@1.0.1'),
    step('tag', 'done', 'b@1.0.1'),
    step('tag', 'failed'),
    step('tag', 'done', 'a@1.0.1'),
  ]);
  expect(isDone(state, 'tag', 'a@1.0.1')).toBe(true);
  expect(isDone(state, 'tag')).toBe(false);
  expect(findStep(state, 'tag')?.state).toBe('failed');
  expect(state.outcome).toBeUndefined();
});

it('counts as live what was published, and as touched whatever was begun', () => {
  const state = releaseState([
    begin,
    step('upload', 'begins', 'toy:a@1.0.1'),
    step('publish', 'done', 'toy:b@1.0.1'),
    step('publish', 'failed', 'toy:c@1.0.1'),
  ]);
  expect(livePackages(state)).toEqual(['toy:b@1.0.1']);
  expect(touchedPackages(state)).toEqual(['toy:a@1.0.1', 'toy:b@1.0.1']);
});

it('takes back what was undone', () => {
  const state = releaseState([begin, step('commit', 'done'), step('commit', 'undone')]);
  expect(isDone(state, 'commit')).toBe(false);
});

it('has an end, or none, and no beginning where the first line is lost', () => {
  expect(releaseState([begin, { at, event: 'end', outcome: 'released' }]).outcome).toBe('released');
  expect(releaseState([]).begin).toBeUndefined();
});
