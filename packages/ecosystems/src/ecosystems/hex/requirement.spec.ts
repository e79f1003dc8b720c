import { requirements } from './requirement';

function satisfies(requirement: string, version: string): boolean | string {
  const found = requirements.satisfies(requirement, version);
  return found.ok ? found.value : found.problems.map(({ code }) => code).join();
}

function rewrite(requirement: string, version: string, policy: 'violated' | 'always'): string {
  const found = requirements.rewrite(requirement, version, policy);
  return found.ok ? found.value : found.problems.map(({ code }) => code).join();
}

// Each row as `Version.match?/2` of Elixir 1.14 answers it.
it.each<[string, string, boolean]>([
  ['~> 1.2', '1.9.0', true],
  ['~> 1.2', '2.0.0', false],
  ['~> 1.2', '2.0.0-rc.1', false],
  ['~> 1.2', '1.3.0-rc.1', true],
  ['~> 1.2', '1.2.0-rc.1', false],
  ['~> 1.0', '1.1.0-dev', true],
  ['~> 1.2-rc.1', '1.2.0-rc.2', true],
  ['~> 1.2-rc.1', '1.9.0', true],
  ['~> 1.2.0-rc.1', '1.2.5', true],
  ['~> 1.2.3', '1.3.0', false],
  ['1.0.0', '1.0.0', true],
  ['== 1.0.0+c', '1.0.0+b', true],
  ['!1.0.1', '1.0.0', true],
  ['>= 1.0.0', '2.0.0-rc.1', true],
  ['< 2.0.0', '2.0.0-a', true],
  ['>=1.0.0 and <2.0.0', '1.5.0', true],
  ['> 0.9.0  and  < 2.0.0', '1.0.0', true],
  ['~> 1.0.0-rc.1 or ~> 2.0', '1.0.0-rc.1', true],
  ['!= 1.0.1 or == 1.0.0', '1.0.0', true],
  ['~> 1.0 or ~> 2.0 and >= 2.1.0', '2.0.0', false],
])('%s takes %s: %s', (requirement, version, expected) => {
  expect(satisfies(requirement, version)).toBe(expected);
});

it.each([
  '',
  '~> 1',
  '>= 1.0',
  '^1.2',
  '~> 01.0',
  '>= 1.0.0 or',
  'and >= 1.0.0',
  'v1.0.0',
  '= 1.0.0',
])('`%s` is no requirement', (requirement) => {
  expect(satisfies(requirement, '1.0.0')).toBe('FORGE-V003');
});

describe('what the new version violates is widened', () => {
  it.each<[string, string, string]>([
    ['~> 1.2', '1.3.0', '~> 1.2'],
    ['~> 1.2', '2.3.4', '~> 2.3'],
    ['~> 1.2.3', '1.3.1', '~> 1.3.1'],
    ['~> 1.2', '2.0.0-rc.1', '~> 2.0-rc.1'],
    ['== 1.2.0', '1.3.0', '== 1.3.0'],
    ['1.2.0', '1.3.0', '1.3.0'],
    ['>= 1.2.0 and < 2.0.0', '2.1.0', '>= 1.2.0 and < 3.0.0'],
    ['>= 1.2.0 and < 1.3.0', '1.4.2', '>= 1.2.0 and < 1.5.0'],
    ['>= 1.2.0 and <= 1.9.0', '2.1.0', '>= 1.2.0 and <= 2.1.0'],
    ['~> 1.2 and >= 1.2.3 or ~> 2.0', '1.3.0', '~> 1.2 and >= 1.2.3 or ~> 2.0'],
    ['~> 1.2 or ~> 2.0', '3.1.0', '~> 1.2 or ~> 3.1'],
    ['~> 1.2  and  >= 1.2.3', '2.0.0', '~> 2.0  and  >= 1.2.3'],
    ['> 2.0.0', '1.0.0', 'FORGE-V004'],
    ['!= 1.3.0', '1.3.0', 'FORGE-V004'],
  ])('%s for %s: %s', (requirement, version, expected) => {
    expect(rewrite(requirement, version, 'violated')).toBe(expected);
  });
});

describe('the lower bound is always raised', () => {
  it.each<[string, string, string]>([
    ['~> 1.2', '1.3.0', '~> 1.3'],
    ['~> 1.2.0', '1.2.5', '~> 1.2.5'],
    ['>= 1.2.0 and < 2.0.0', '1.3.0', '>= 1.3.0 and < 2.0.0'],
    ['~> 1.2 or ~> 2.0', '2.4.0', '~> 1.2 or ~> 2.4'],
    ['> 1.0.0', '1.3.0', '> 1.0.0'],
  ])('%s for %s: %s', (requirement, version, expected) => {
    expect(rewrite(requirement, version, 'always')).toBe(expected);
  });
});

it.each([
  ['1.2.3', '~> 1.2'],
  ['0.3.0', '~> 0.3'],
  ['2.0.0-rc.1', '~> 2.0-rc.1'],
  ['2.0.1-rc.1', '~> 2.0'],
])('the usual requirement on %s is %s, which takes it', (version, expected) => {
  expect(requirements.default(version)).toBe(expected);
  expect(satisfies(expected, version)).toBe(true);
});
