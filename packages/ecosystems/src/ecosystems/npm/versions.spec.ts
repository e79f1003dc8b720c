import { bumpTypes } from '../../model';
import { versions } from './versions';

const value = <T>(result: { ok: true; value: T } | { ok: false }): T | undefined =>
  result.ok ? result.value : undefined;

describe('npm versions', () => {
  it.each([
    ['1.2.3', true],
    ['1.2.3-rc.1+build', true],
    ['0.0.0-development', true],
    ['1.2', false],
    ['v1.2.3', false],
    [' 1.2.3', false],
    ['1.2.3.4', false],
    ['01.2.3', false],
    ['', false],
  ])('%j is valid: %s', (text, valid) => expect(versions.isValid(text)).toBe(valid));

  it.each([
    ['1.2.3', 'major', '', '2.0.0'],
    ['1.2.3', 'minor', '', '1.3.0'],
    ['1.2.3-rc.1', 'patch', '', '1.2.3'],
    ['1.2.3', 'prerelease', 'rc', '1.2.4-rc.0'],
    ['1.2.4-rc.0', 'prerelease', 'rc', '1.2.4-rc.1'],
    ['1.2.3', 'preminor', 'beta', '1.3.0-beta.0'],
  ] as const)('%s %s %s becomes %s', (from, type, preid, to) =>
    expect(value(versions.bump(from, type, preid))).toBe(to),
  );

  it('refuses to bump what is no version', () => {
    for (const type of bumpTypes) expect(versions.bump('1.2', type, '').ok).toBe(false);
  });
});

describe('npm ranges', () => {
  it.each([
    ['^1.2.0', '1.3.0', true],
    ['^1.2.0', '1.3.0-rc.1', false],
    ['*', '1.3.0-rc.1', true],
    ['', '9.9.9', true],
    ['workspace:*', '1.3.0-rc.1', true],
    ['workspace:^', '9.0.0', true],
    ['workspace:^1.2.0', '2.0.0', false],
    ['npm:core@^1.2', '1.3.0', true],
    ['npm:@s/core@^1.2', '2.3.0', false],
    ['1 - 2', '2.9.9', true],
    ['^1 || ^2', '3.0.0', false],
  ])('%j takes %s: %s', (range, version, taken) =>
    expect(value(versions.requirement.satisfies(range, version))).toBe(taken),
  );

  it.each(['latest', 'file:../core', 'git+ssh://example/x.git', 'user/repo', 'not a range !'])(
    '%j is no range',
    (range) => expect(versions.requirement.satisfies(range, '1.0.0').ok).toBe(false),
  );

  // requirement, version, what `violated` makes of it, what `always` makes of it
  it.each([
    ['^1.2.0', '1.3.0', '^1.2.0', '^1.3.0'],
    ['^1.2', '1.3.5', '^1.2', '^1.3'],
    ['^1', '2.3.4', '^2', '^2'],
    ['~1.2.0', '1.3.0', '~1.3.0', '~1.3.0'],
    ['1.2.0', '1.3.0', '1.3.0', '1.3.0'],
    ['=1.2.0', '1.3.0', '=1.3.0', '=1.3.0'],
    ['v1.2.0', '1.3.0', 'v1.3.0', 'v1.3.0'],
    ['1.2.x', '1.3.0', '1.3.x', '1.3.x'],
    ['1.x', '2.0.0', '2.x', '2.x'],
    ['>=1.2', '1.3.0', '>=1.2', '>=1.3'],
    ['>= 1.2.0', '1.3.0', '>= 1.2.0', '>= 1.3.0'],
    ['>=1.2 <2', '1.3.0', '>=1.2 <2', '>=1.3 <2'],
    ['>=1.2.0 <2.0.0', '2.1.0', '>=1.2.0 <3.0.0', '>=2.1.0 <3.0.0'],
    ['>=0.2.0 <0.3.0', '0.3.0', '>=0.2.0 <0.4.0', '>=0.3.0 <0.4.0'],
    ['>1.0.0 <2', '1.3.0', '>1.0.0 <2', '>1.0.0 <2'],
    ['1.2 - 1.9', '2.1.0', '1.2 - 2.1', '2.1 - 2.1'],
    ['^1 || ^2', '2.3.0', '^1 || ^2', '^1 || ^2'],
    ['^1.0||^2.0', '2.3.0', '^1.0||^2.0', '^1.0||^2.3'],
    ['^1 || ^2', '3.0.0', '^1 || ^2 || ^3', '^1 || ^2 || ^3'],
    ['>=1 <2 || >=2 <3', '4.1.0', '>=1 <2 || >=2 <3 || >=4 <5', '>=1 <2 || >=2 <3 || >=4 <5'],
    ['^1.2', '1.3.0-rc.1', '^1.3.0-rc.1', '^1.3.0-rc.1'],
    ['^1.3.0-rc.1', '1.3.0', '^1.3.0-rc.1', '^1.3.0'],
    ['>=1.2 <2', '2.0.0-rc.1', '>=2.0.0-rc.1 <3', '>=2.0.0-rc.1 <3'],
    ['*', '3.0.0', '*', '*'],
    ['workspace:*', '3.0.0', 'workspace:*', 'workspace:*'],
    ['workspace:~', '3.0.0', 'workspace:~', 'workspace:~'],
    ['workspace:^1.2.0', '3.0.0', 'workspace:^3.0.0', 'workspace:^3.0.0'],
    ['npm:@s/core@^1.2', '2.3.0', 'npm:@s/core@^2.3', 'npm:@s/core@^2.3'],
  ])('%j for %s: violated %j, always %j', (range, version, violated, always) => {
    const { rewrite, satisfies } = versions.requirement;
    expect(value(rewrite(range, version, 'violated'))).toBe(violated);
    expect(value(rewrite(range, version, 'always'))).toBe(always);
    for (const changed of [violated, always]) expect(value(satisfies(changed, version))).toBe(true);
  });

  it.each([
    ['>2.0.0', '1.3.0'],
    ['<2', '2.0.0-rc.1'],
  ])('refuses %j for %s rather than change its meaning', (range, version) => {
    const result = versions.requirement.rewrite(range, version, 'violated');
    expect(result.ok ? undefined : result.problems[0]?.code).toBe('FORGE-V004');
  });
});
