import type { ReleasePlan } from '../plan/release-plan';
import { planTags } from './plan-tags';
import { nxVersions } from './testing/nx-versions';

const plan = {
  packages: [
    { project: 'a', ecosystem: 'toy', name: 'a', to: '1.1.0', wave: 1 },
    { project: 'b', ecosystem: 'toy', name: 'b', to: '1.1.0', wave: 2 },
    { project: 'b', ecosystem: 'toy', name: 'inner', to: '1.1.0' },
  ],
} as unknown as ReleasePlan;

it('sets one tag for a fixed group, that waits for all of its packages', () => {
  const group = { projectsRelationship: 'fixed' as const, name: 'core' };
  const releaseTag = { pattern: '{releaseGroupName}-v{version}' };
  const versions = nxVersions([{ ...group, releaseTag, versions: { a: '1.1.0', b: '1.1.0' } }]);
  expect(planTags(versions, plan, (name) => name)).toEqual([
    {
      ...{ name: 'core-v1.1.0', version: '1.1.0', subject: 'core' },
      packages: ['toy:a@1.1.0', 'toy:b@1.1.0'],
    },
  ]);
});

it('sets one for each independent project that is released, as git takes it', () => {
  const versions = nxVersions([{ versions: { a: null, 'x:b': '1.1.0' } }]);
  expect(planTags(versions, plan, (name) => name.replace('x:', ''))).toEqual([
    { name: 'x/b@1.1.0', version: '1.1.0', subject: 'x:b', packages: ['toy:b@1.1.0'] },
  ]);
});
