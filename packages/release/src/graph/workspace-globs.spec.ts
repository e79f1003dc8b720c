import { globExpression, workspaceMatcher } from './workspace-globs';

describe('globs of workspaces', () => {
  it.each([
    ['packages/*', 'packages/a/package.json', true],
    ['packages/*', 'packages/a/b/package.json', false],
    ['packages/*', 'packages/.a/package.json', false],
    ['packages/**', 'packages/a/b/package.json', true],
    ['packages/**', 'packages/package.json', true],
    ['./packages/a', 'packages/a/package.json', true],
    ['packages/a/', 'packages/a/package.json', true],
    ['{apps,libs}/*', 'libs/a/package.json', true],
    ['{apps,libs}/*', 'docs/a/package.json', false],
    ['lib[12]', 'lib2/package.json', true],
    ['a.b/*', 'aXb/c/package.json', false],
    ['.', 'package.json', true],
  ])('%s and %s: %s', (glob, file, expected) => {
    expect(workspaceMatcher([glob])(file)).toBe(expected);
  });

  it('takes everything but the excluded when nothing is included', () => {
    const matches = workspaceMatcher(['!tools/*', 'package.json']);
    expect(matches('a/package.json')).toBe(true);
    expect(matches('tools/a/package.json')).toBe(false);
  });

  it('never throws for a strange pattern', () => {
    expect(globExpression('a/{b').test('a/b')).toBe(true);
    expect(globExpression('a}[').test('a}[')).toBe(true);
  });
});
