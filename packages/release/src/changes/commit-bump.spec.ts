import type { CommitConventions } from '../configuration/nx-release-groups';
import { commitLevel, highest, type Level } from './commit-bump';

const level = (message: string, conventions: CommitConventions = {}, isDirect = true): Level => {
  const [subject = '', ...body] = message.split('\n\n');
  const commit = { subject, body: body.join('\n\n') };
  return commitLevel(commit, { project: 'tasker-rb', isDirect }, conventions);
};

describe('the bump that a commit asks for', () => {
  it.each([
    ['fix: a', 'patch'],
    ['feat: a', 'minor'],
    ['feat!: a', 'major'],
    ['chore!: a', 'major'],
    ['chore: a', 'none'],
    ['docs(readme): a', 'none'],
    ['refactor: a\n\nBREAKING CHANGE: b', 'major'],
    ['Change something', 'none'],
    ['feat:no blank', 'none'],
    ['feat: a\n\nThis reverts commit 0123456789012345678901234567890123456789.', 'none'],
  ])('%j: %s', (message, expected) => {
    expect(level(message)).toBe(expected);
  });

  it.each([
    ['feat: a', 'patch'],
    ['feat!: a', 'patch'],
    ['chore: a', 'none'],
  ])('is a patch at most for those it is only compiled into: %j: %s', (message, expected) => {
    expect(level(message, {}, false)).toBe(expected);
  });

  it.each([
    ['feat(tasker-rb): a', {}, 'minor'],
    ['feat(tasker-py, tasker-rb): a', {}, 'minor'],
    ['feat(rb): a', {}, 'patch'],
    ['feat(tasker-py): a', {}, 'patch'],
    ['feat(tasker-py): a', { useCommitScope: false }, 'minor'],
  ])('heeds the scope: %j %j: %s', (message, conventions, expected) => {
    expect(level(message, conventions)).toBe(expected);
  });

  it.each([
    ['perf: a', { types: { perf: {} } }, 'patch'],
    ['perf: a', { types: { perf: true } }, 'patch'],
    ['perf: a', { types: { perf: { semverBump: 'minor' } } }, 'minor'],
    ['feat: a', { types: { feat: {} } }, 'minor'],
    ['feat: a', { types: { feat: false } }, 'none'],
    ['fix: a', { types: { fix: { semverBump: 'none' } } }, 'none'],
  ])('follows the settings of nx.json: %j %j: %s', (message, conventions, expected) => {
    expect(level(message, conventions)).toBe(expected);
  });

  it('is the highest of several', () => {
    expect(highest(['patch', 'minor', 'none'])).toBe('minor');
    expect(highest([])).toBe('none');
  });
});
