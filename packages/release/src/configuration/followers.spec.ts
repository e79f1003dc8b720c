import { ecosystems } from '@forge/ecosystems';
import { normalizeOptions } from './plugin-options';

const followersOf = (followers: unknown) => normalizeOptions({ followers }, ecosystems);

describe('the option `followers`', () => {
  it('takes paths, patterns and JSON pointers', () => {
    const result = followersOf({
      core: [
        'VERSION',
        { file: 'index.js', pattern: "'{version}'|expected {version}" },
        { file: 'package.json', pointer: '/a~1b/c~0d', ecosystem: 'npm' },
      ],
    });
    expect(result.ok && result.value.followers).toEqual([
      { group: 'core', file: 'VERSION', place: { kind: 'file' } },
      {
        group: 'core',
        file: 'index.js',
        place: { kind: 'pattern', alternatives: ["'{version}'", 'expected {version}'] },
      },
      {
        group: 'core',
        file: 'package.json',
        place: { kind: 'pointer', path: ['a/b', 'c~d'] },
        ecosystem: 'npm',
      },
    ]);
  });

  it.each([
    [{ core: 'VERSION' }, '`options.followers.core` is not a list'],
    [{ core: ['../VERSION'] }, '`options.followers.core[0]` is not the path of a file'],
    [{ core: ['a/../../VERSION'] }, '`options.followers.core[0]` is not the path of a file'],
    [{ core: [{ file: 'a' }] }, '`options.followers.core[0]` is not a follower'],
    [
      { core: [{ file: 'a', pattern: '{version}', pointer: '/a' }] },
      '`options.followers.core[0]` is not a follower',
    ],
    [
      { core: [{ file: 'a', pattern: '{version}|version' }] },
      '`options.followers.core[0].pattern` is not a pattern',
    ],
    [
      { core: [{ file: 'a', pointer: 'a/b' }] },
      '`options.followers.core[0].pointer` is not a JSON pointer',
    ],
    [
      { core: [{ file: 'a', pointer: '/a', ecosystem: 'maven' }] },
      '`options.followers.core[0].ecosystem` is not an ecosystem',
    ],
  ])('%j is refused with a fix', (followers, what) => {
    const result = followersOf(followers);
    const problems = result.ok ? [] : result.problems;
    expect(problems.map((problem) => problem.what)).toEqual([what]);
  });
});
