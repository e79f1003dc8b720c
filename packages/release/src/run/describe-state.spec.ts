import type { PlannedRelease } from '../record/planned-release';
import { releaseState } from '../record/release-state';
import { describeState, renderStanding } from './describe-state';

const planned = {
  plan: {
    packages: ['a', 'b', 'c'].map((name) => ({
      ...{ ecosystem: 'toy', project: name, name, to: '1.1.0', wave: 1 },
    })),
  },
  tags: [{ name: 'a@1.1.0' }, { name: 'b@1.1.0' }],
} as unknown as PlannedRelease;

const step = (at: number, details: object) => ({ at: `at ${at}`, event: 'step', ...details });
const actor = { name: 'ada', via: 'git' };
const begin = { at: 'at 0', event: 'begin', command: 'run minor', actor };
const file = { ecosystem: 'toy', package: 'a', filename: 'a-1.1.0.toy', sha256: 'ab12' };
const some = [
  begin,
  step(1, { step: 'commit', state: 'done', commit: 'abc' }),
  step(1, { step: 'package', subject: 'a', state: 'done', artifacts: [file] }),
  step(2, { step: 'upload', subject: 'toy:b@1.1.0', state: 'begins' }),
  step(3, {
    ...{ step: 'publish', subject: 'toy:a@1.1.0', state: 'done', outcome: 'published' },
    ...{ url: 'http://127.0.0.1/a', registry: 'http://127.0.0.1' },
  }),
  step(4, { step: 'tag', subject: 'a@1.1.0', state: 'done' }),
];

it('says what is live, what is under way, and what to do next', () => {
  const standing = describeState('id', planned, releaseState(some));
  expect(standing).toMatchObject({ standing: 'partial', commit: 'abc', latest: 'at 4' });
  expect(standing.packages).toEqual([
    {
      ...{ package: 'toy:a@1.1.0', version: '1.1.0', state: 'published', at: 'at 3', actor },
      ...{ url: 'http://127.0.0.1/a', registry: 'http://127.0.0.1' },
      artifacts: [{ filename: 'a-1.1.0.toy', sha256: 'ab12' }],
    },
    { package: 'toy:b@1.1.0', version: '1.1.0', state: 'uploading', artifacts: [] },
    { package: 'toy:c@1.1.0', version: '1.1.0', state: 'planned', artifacts: [] },
  ]);
  expect(standing.tags).toEqual([
    { name: 'a@1.1.0', isSet: true },
    { name: 'b@1.1.0', isSet: false },
  ]);
  const text = renderStanding(standing);
  expect(text).toContain('release id: partial\n  run minor, begun at 0 by ada, last heard of at 4');
  expect(text).toMatch(/next: `forge-release resume`, or `forge-release yank`/);
});

it.each([
  ['begun', some.slice(0, 3)],
  ['rolled back', [begin, { at: 'at 1', event: 'end', outcome: 'rolled back' }]],
  ['released', [...some, { at: 'at 5', event: 'end', outcome: 'released' }]],
])('calls a release %s', (word, entries) => {
  expect(describeState('id', planned, releaseState(entries)).standing).toBe(word);
});

it('names whoever went on with it for what came then, and nobody where an older journal does not say', () => {
  const other = { name: 'eve', via: 'GITHUB_ACTOR' };
  const resumed = [
    ...some,
    { at: 'at 5', event: 'resume', actor: other },
    step(6, { step: 'publish', subject: 'toy:b@1.1.0', state: 'done', outcome: 'published' }),
  ];
  const standing = describeState('id', planned, releaseState(resumed));
  expect(standing.actor).toEqual(actor);
  expect(standing.packages.map((each) => each.actor)).toEqual([actor, other, undefined]);
  const older = some.map(
    ({ actor: _, ...entry }: { actor?: object; at: string; event: string }) => entry,
  );
  const silent = describeState('id', planned, releaseState(older));
  expect(JSON.stringify(silent)).not.toContain('actor');
  expect(renderStanding(silent)).toContain('run minor, begun at 0, last heard of at 4');
});
