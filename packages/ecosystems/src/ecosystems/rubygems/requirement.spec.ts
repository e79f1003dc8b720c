import type { Result } from '../../model';
import { requirement } from './requirement';

function outcome<T>(result: Result<T>): T | string {
  return result.ok ? result.value : (result.problems[0]?.code ?? '');
}

describe('RubyGems requirements', () => {
  // Answers of `Gem::Requirement#satisfied_by?`, RubyGems 3.3.15.
  it.each<readonly [string, string, boolean | string]>([
    ['~> 1', '1.9', true],
    ['~> 1', '2.0', false],
    ['~> 1.2', '1.9.0', true],
    ['~> 1.2', '2.0.0', false],
    ['~> 1.2', '2.0.0.a', false],
    ['~> 1.2.3', '1.2.9', true],
    ['~> 1.2.3', '1.3.0', false],
    ['~> 0.1.8', '0.1.8.2', true],
    ['~> 0.1.8.2', '0.1.8.9', true],
    ['~> 0.1.8.2', '0.1.9.0', false],
    ['~> 1.2.0.rc1', '1.2.0', true],
    ['~> 1.2.0.rc1', '1.2.0.rc2', true],
    ['~> 1.2.0.rc1', '1.3.0', false],
    ['~> 1.3.rc1', '1.9', true],
    ['~> 1.3.rc1', '2.0', false],
    ['~> 1.3.a', '1.3.0.rc1', true],
    ['= 1.2.0', '1.2', true],
    ['1.2', '1.2.0', true],
    ['!= 1.2.0', '1.2', false],
    ['!= 1.2', '1.2.1', true],
    ['> 1.2', '1.2.0', false],
    ['> 1.2', '1.2.0.1', true],
    ['<= 1.2', '1.2.0', true],
    ['<= 1.2', '1.2.0.1', false],
    ['>= 1.2.a', '1.2.0.rc1', true],
    ['>= 1.2', '1.2.0.rc1', false],
    ['>= 0', '0.0.0.rc1', false],
    ['< 2.a', '2.0.0.a', false],
    [' ~>  1.2\t', '1.9', true],
    ['>= 1.2, < 2', '2.0.0', false],
    ['~> 1.2, >= 1.3.0.a', '1.3.0.rc1', true],
    ...['^1.2', '', '~>', '=> 1', '>> 1', '~> 1.2.', '~> 1.2 beta', '>= 1.2 < 2'].map(
      (text) => [text, '1.2.0', 'FORGE-V003'] as const,
    ),
  ])('%s takes %s: %s', (text, version, expected) => {
    expect(outcome(requirement.satisfies(text, version))).toBe(expected);
  });

  // `Gem::Requirement` would take them; resolvers do only when a string names a prerelease.
  it.each([
    ['< 1.3', '1.3.0.rc1'],
    ['~> 1.2', '1.3.0.rc1'],
    ['!= 1.2', '1.3.0.rc1'],
  ])('%s does not take the prerelease %s unasked', (text, version) => {
    expect(outcome(requirement.satisfies(text, version))).toBe(false);
  });

  const rewrites: [string, string, 'violated' | 'always', string][] = [
    ['~> 1.2', '1.3.0', 'violated', '~> 1.2'],
    ['~> 1.2', '2.1.4', 'violated', '~> 2.1'],
    ['~> 1.2', '1.3.0', 'always', '~> 1.3'],
    ['~>1.2.3', '1.3.0', 'violated', '~>1.3.0'],
    ['~> 1', '2.1.0', 'violated', '~> 2'],
    ['~> 1', '1.3.0', 'always', '~> 1'],
    ['~> 0.1.8.2', '0.1.9.0', 'violated', '~> 0.1.9.0'],
    ['~> 0.1.8', '0.1.8.2', 'always', '~> 0.1.8'],
    ['>= 1.2.3', '1.3.0', 'always', '>= 1.3.0'],
    ['>= 1.2.3', '1.3.0', 'violated', '>= 1.2.3'],
    ['> 1.2', '1.3.0', 'always', '> 1.2'],
    ['~> 1.2, < 1.5', '2.0.0', 'violated', '~> 2.0, < 2.1'],
    ['~> 1.2, != 1.2.5', '2.0.0', 'violated', '~> 2.0, != 1.2.5'],
    ['>= 1, < 2', '2.0.0.rc1', 'violated', '>= 2.0.0.rc1, < 2'],
    ['= 1.3.0.rc1', '1.3.0', 'violated', '= 1.3.0'],
    ['~> 1.3.rc1', '1.3.0', 'violated', '~> 1.3.rc1'],
    ['~> 1.3.rc1', '1.3.0', 'always', '~> 1.3'],
    ['~> 1.2, >= 1.2.3', '1.2.9', 'violated', '~> 1.2, >= 1.2.3'],
    ['~> 1.2, >= 1.2.3', '2.0.1', 'violated', '~> 2.0, >= 1.2.3'],
    ['>= 1.2, < 2', '2.1.0', 'violated', '>= 1.2, < 3'],
    ['>= 1.2, < 2.0', '2.1.0', 'always', '>= 2.1, < 3.0'],
    ['< 2.a', '2.1.0', 'violated', '< 3.a'],
    ['<= 1.5', '1.6.3', 'violated', '<= 1.6.3'],
    ['= 1.2.0', '1.3.0', 'violated', '= 1.3.0'],
    ['1.2.0', '0.1.8.2', 'violated', '0.1.8.2'],
    ['~> 1.2', '1.3.0.rc1', 'violated', '~> 1.3.rc1'],
    ['>= 0', '1.3.0.rc1', 'violated', '>= 1.3.0.rc1'],
    ['!= 1.3.0', '1.3.0', 'violated', 'FORGE-V004'],
    ['> 1.3.0', '1.3.0', 'violated', 'FORGE-V004'],
    ['one', '1.3.0', 'violated', 'FORGE-V003'],
    ['~> 1.2', 'one', 'violated', 'FORGE-V001'],
    ['~> 1.2', '2.0.0-rc1', 'violated', '~> 2.0.pre.rc1'],
  ];

  it.each(rewrites)('rewrites %s for %s (%s): %s', (text, version, policy, expected) => {
    expect(outcome(requirement.rewrite(text, version, policy))).toBe(expected);
  });

  const written = [
    '~> 1.2',
    '~> 0.1.8',
    '>= 1',
    '>= 1.0, < 2',
    '= 1.2.0',
    '1',
    '< 0.9',
    '<= 1.2.0',
  ];
  const released = ['0.1.8.2', '1.2.0', '1.3.0.rc1', '2.0.0', '10.4', '2.0.0.beta3'];
  const pairs = written.flatMap((text) => released.map((version) => [text, version] as const));

  it.each(pairs)('satisfies what it rewrote: %s for %s', (text, version) => {
    for (const policy of ['violated', 'always'] as const) {
      const rewritten = requirement.rewrite(text, version, policy);
      if (!rewritten.ok) expect(rewritten.problems[0]?.code).toBe('FORGE-V004');
      else expect(outcome(requirement.satisfies(rewritten.value, version))).toBe(true);
    }
    const before = outcome(requirement.satisfies(text, version));
    if (before === true) expect(outcome(requirement.rewrite(text, version, 'violated'))).toBe(text);
  });

  it('asks for the series of a version by default', () => {
    expect(requirement.default('1.2.3')).toBe('~> 1.2');
    expect(outcome(requirement.satisfies(requirement.default('1.3.0.rc1'), '1.3.0.rc1'))).toBe(
      true,
    );
  });
});
