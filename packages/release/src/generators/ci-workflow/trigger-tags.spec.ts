import { triggerTags } from './trigger-tags';

describe('tags that start a release', () => {
  it.each([
    ['{projectName}@{version}', ['release-*', 'v*']],
    ['v{version}', ['release-*']],
    ['release-{version}', ['v*']],
    ['{releaseGroupName}-v{version}', ['release-*', 'v*']],
  ])('are the usual ones, without those that releases make by %s', (pattern, tags) => {
    expect(triggerTags(undefined, [pattern])).toEqual({ tags, taken: [] });
  });

  it.each([
    ['v*', 'v{version}', true],
    ['v1.*', 'v{version}', true],
    ['version-*', 'v{version}', false],
    ['*', '{projectName}@{version}', true],
    ['core-*', 'core-v{version}', true],
    ['go-*', 'core-v{version}', false],
  ])('%s is taken by %s: %p', (tag, pattern, isTaken) => {
    const { tags, taken } = triggerTags([tag], [pattern]);
    expect([tags, taken]).toEqual(isTaken ? [[], [tag]] : [[tag], []]);
  });
});
