import type { PlannedRelease } from '../record/planned-release';
import { permitOnly, type Mutation } from './permit';

const planned = {
  files: [{ path: 'a.toml' }],
  plan: {
    packages: [
      { ecosystem: 'toy', name: 'a', to: '1.1.0', wave: 1 },
      { ecosystem: 'toy', name: 'inner', to: '1.1.0' },
    ],
  },
  tags: [{ name: 'a@1.1.0' }],
  push: { remote: 'origin', branch: 'main' },
  forgeReleases: [{ tag: 'a@1.1.0' }],
} as unknown as PlannedRelease;

const inPlan: Mutation[] = [
  { kind: 'commit', paths: ['a.toml'] },
  { kind: 'upload', label: 'toy:a@1.1.0' },
  { kind: 'tag', name: 'a@1.1.0' },
  { kind: 'push', remote: 'origin' },
  { kind: 'forge release', tag: 'a@1.1.0' },
];
const strange: Mutation[] = [
  { kind: 'commit', paths: ['a.toml', 'b.toml'] },
  { kind: 'upload', label: 'toy:a@1.2.0' },
  { kind: 'upload', label: 'toy:inner@1.1.0' },
  { kind: 'tag', name: 'b@1.1.0' },
  { kind: 'push', remote: 'upstream' },
  { kind: 'forge release', tag: 'b@1.1.0' },
];

it.each(inPlan)('lets pass what was shown: %j', (mutation) => {
  expect(() => permitOnly(planned)(mutation)).not.toThrow();
});

it.each(strange)('stops what was not: %j (FORGE-P009)', (mutation) => {
  expect(() => permitOnly(planned)(mutation)).toThrow(
    expect.objectContaining({ code: 'FORGE-P009' }),
  );
});

it('lets nothing be pushed where nothing is to be pushed', () => {
  const { push, ...rest } = planned;
  expect(push).toBeDefined();
  expect(() => permitOnly(rest)({ kind: 'push', remote: 'origin' })).toThrow('not in the plan');
});
