import type { PlannedRelease } from '../record/planned-release';
import { releaseState } from '../record/release-state';
import { describeState, renderStanding } from './describe-state';

const planned = {
  plan: {
    packages: ['a', 'b', 'c'].map((name) => ({ ecosystem: 'toy', name, to: '1.1.0', wave: 1 })),
  },
  tags: [{ name: 'a@1.1.0' }, { name: 'b@1.1.0' }],
} as unknown as PlannedRelease;

const step = (at: number, details: object) => ({ at: `at ${at}`, event: 'step', ...details });
const begin = { at: 'at 0', event: 'begin', command: 'run minor' };
const some = [
  begin,
  step(1, { step: 'commit', state: 'done', commit: 'abc' }),
  step(2, { step: 'upload', subject: 'toy:b@1.1.0', state: 'begins' }),
  step(3, {
    ...{ step: 'publish', subject: 'toy:a@1.1.0', state: 'done', outcome: 'published' },
    url: 'http://127.0.0.1/a',
  }),
  step(4, { step: 'tag', subject: 'a@1.1.0', state: 'done' }),
];

it('says what is live, what is under way, and what to do next', () => {
  const standing = describeState('id', planned, releaseState(some));
  expect(standing).toMatchObject({ standing: 'partial', commit: 'abc', latest: 'at 4' });
  expect(standing.packages).toEqual([
    { package: 'toy:a@1.1.0', state: 'published', url: 'http://127.0.0.1/a' },
    { package: 'toy:b@1.1.0', state: 'uploading' },
    { package: 'toy:c@1.1.0', state: 'planned' },
  ]);
  expect(standing.tags).toEqual([
    { name: 'a@1.1.0', isSet: true },
    { name: 'b@1.1.0', isSet: false },
  ]);
  const text = renderStanding(standing);
  expect(text).toContain('release id: partial\n  run minor, begun at 0, last heard of at 4');
  expect(text).toMatch(/next: `forge-release resume`, or `forge-release yank`/);
});

it.each([
  ['begun', some.slice(0, 3)],
  ['rolled back', [begin, { at: 'at 1', event: 'end', outcome: 'rolled back' }]],
  ['released', [...some, { at: 'at 5', event: 'end', outcome: 'released' }]],
])('calls a release %s', (word, entries) => {
  expect(describeState('id', planned, releaseState(entries)).standing).toBe(word);
});
