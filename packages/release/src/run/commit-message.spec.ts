import { commitMessage } from './commit-message';
import { nxVersions } from './testing/nx-versions';

const fixed = { projectsRelationship: 'fixed' as const };

it('gives the version of one fixed group to the title', () => {
  const versions = nxVersions([{ ...fixed, versions: { a: '1.1.0', b: '1.1.0' } }]);
  expect(commitMessage(versions)).toBe('chore(release): publish 1.1.0');
  expect(commitMessage(versions, 'v{version}')).toBe('v1.1.0');
});

it('gives version and name of a project that is released alone', () => {
  const versions = nxVersions([{ versions: { a: '1.1.0', b: null } }]);
  expect(commitMessage(versions, 'release {projectName} {version}')).toBe('release a 1.1.0');
});

it('lists groups and projects below a title without a version', () => {
  const versions = nxVersions([
    { ...fixed, name: 'core', versions: { a: '1.1.0', b: '1.1.0' } },
    { versions: { c: '2.0.0', d: null, e: '3.0.0' } },
    { ...fixed, name: 'idle', versions: { f: null } },
  ]);
  expect(commitMessage(versions, 'release: v{version}').split('\n')).toEqual([
    'release:',
    '',
    '- release-group: core 1.1.0',
    '- project: c 2.0.0',
    '- project: e 3.0.0',
  ]);
});
