import type { RequirementPolicy } from '../../model';
import { requirement } from './requirement';

/**
 * PEP 440's part was compared with packaging 26.3 over 20,000 random pairs (prereleases taken where a specifier
 * names one), Poetry's part with `parse_constraint` of poetry-core 2.5.
 */
describe('satisfies', () => {
  it.each([
    ['>=1.2,<2', '1.3.0', true],
    ['>=1.2,<2', '2.0.0', false],
    ['>=1.2,<2', '2.0.0rc1', false],
    ['>=1.2', '1.3.0rc1', false],
    ['>=1.2rc1', '1.3.0rc1', true],
    ['>=1.0rc1,<2', '1.3.0rc1', true],
    ['~=1.2', '1.9', true],
    ['~=1.2', '2.0', false],
    ['~=1.2.3', '1.3.0', false],
    ['~=1.2.3', '1.2.9', true],
    ['==1.2.*', '1.2.9', true],
    ['==1.2.0.*', '1.2', true],
    ['==1.2.*', '1.3', false],
    ['==1.2', '1.2.0', true],
    ['== 1.2.0', '1.2.0+local', true],
    ['!=1.2.0', '1.2.0', false],
    ['!=1.2.*', '1.3.0', true],
    ['===1.2.0', '1.2', false],
    ['>1.2', '1.2.post1', false],
    ['>1.2', '1.2.1', true],
    ['<=1.2', '1.2.0', true],
    ['^1.2', '1.9.0', true],
    ['^1.2', '2.0.0', false],
    ['^0.1.8', '0.1.9', true],
    ['^0.1.8', '0.2.0', false],
    ['^0.0.3', '0.0.4', false],
    ['^0', '0.9', true],
    ['~1.2.3', '1.3.0', false],
    ['~1', '1.9', true],
    ['1.2.0', '1.2.0', true],
    ['1.2.*', '1.2.3', true],
    ['*', '1.2.3', true],
    ['*', '1.2.3rc1', false],
    ['', '1.2.3', true],
    ['^1.0 || ^2.0', '2.1', true],
    ['^1.0 | ^2.0', '3.0', false],
    ['>=1.2 <2', '1.5', true],
    ['>=1.2,', '1.5', true],
    ['>=1!1.0', '1!2.0', true],
    ['>=1!1.0', '2.0', false],
  ])('%j takes %s: %s', (text, version, expected) => {
    expect(requirement.satisfies(text, version)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ...['>=', '=>1.2', '~=1', 'latest', '>=1.2;x', '>=1.*', '>=1.2rc1.*', '==1.2rc1.*', '<>1.2'],
    ...['^1 ||', '^1 ||| ^2', '^1, || ^2', '>=1<2', `>=1.${'9'.repeat(40)}`],
  ])('cannot read %j', (text) => {
    expect(requirement.satisfies(text, '1.0')).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-V003' }],
    });
  });
});

const rewrites: readonly (readonly [string, string, string, RequirementPolicy])[] = [
  ['>=1.2', '1.3.0', '>=1.3', 'always'],
  ['>=1.2,<2', '1.3.0', '>=1.3,<2', 'always'],
  ['>= 1.2.0, < 2', '1.3.0', '>= 1.3.0, < 2', 'always'],
  ['~=1.2', '1.3.0', '~=1.3', 'always'],
  ['^1.2', '1.3.0', '^1.3', 'always'],
  ['==1.2.0', '1.3.0', '==1.3.0', 'always'],
  ['==1.3', '1.3.0', '==1.3', 'always'],
  ['>=1.2,<2', '1.3.0', '>=1.2,<2', 'violated'],
  ['>=1.2,<2', '2.1.0', '>=1.2,<3', 'violated'],
  ['>=0.1.8,<0.2', '0.2.0', '>=0.1.8,<0.3', 'violated'],
  ['>=1.2,<2.0.0', '2.0.0', '>=1.2,<3.0.0', 'violated'],
  ['>=1.2,<=1.2.9', '1.3.0', '>=1.2,<=1.3.0', 'violated'],
  ['==1.2.0', '1.3.0', '==1.3.0', 'violated'],
  ['==1.2.*', '1.3.4', '==1.3.*', 'violated'],
  ['===1.2.0', '1.3.0', '===1.3.0', 'violated'],
  ['~=1.2.3', '1.3.1', '~=1.3.1', 'violated'],
  ['^0.1.8', '0.2.0', '^0.2.0', 'violated'],
  ['~1.2', '1.3.0', '~1.3', 'violated'],
  ['1.2.0', '1.3.0', '1.3.0', 'violated'],
  ['1.2.*', '1.3.0', '1.3.*', 'violated'],
  ['*', '9.0', '*', 'always'],
  ['^1.0 || ^2.0', '3.1.0', '^1.0 || ^2.0 || ^3.1', 'violated'],
  ['>=1.2,!=1.2.5,<2', '2.0.0', '>=1.2,!=1.2.5,<3', 'violated'],
  ['>=1.2,<2', '1.3.0rc1', '>=1.3rc1,<2', 'violated'],
  ['>=1.2,<2', '2.0.0rc1', '>=2.0rc1,<3', 'violated'],
  ['==1.2.0', '1.3.0rc1', '==1.3.0rc1', 'violated'],
  ['~=1.2', '1.3.0.dev4', '~=1.3.dev4', 'violated'],
  ['>=0.1.8,<0.2', '1.0.0', '>=0.1.8,<2.0', 'violated'],
  ['>=0.1.8,<0.2', '0.1.8.2', '>=0.1.8,<0.2', 'violated'],
  ['>=1.2,<2.dev0', '2.1.0', '>=1.2,<3.dev0', 'violated'],
  ['>=1.2.post1', '1.2.5', '>=1.2.post1', 'always'],
  ['>=1.2,<2', '1!0.1.0', '>=1.2,<1!1', 'violated'],
  ['==1.2.0+x', '1.3.0+y', '==1.3.0', 'violated'],
  ['===1.2.0', '1.3.0+y', '===1.3.0+y', 'violated'],
  ['=1.2.0', '1.3.0', '=1.3.0', 'violated'],
  ['^1.0|^2.0', '2.3.0', '^1.0|^2.3', 'always'],
  ['>=1.2 <2', '2.0.0', '>=1.2 <3', 'violated'],
];

describe('rewrite', () => {
  it.each(rewrites)('%j for %s is %j (%s)', (text, version, expected, policy) => {
    expect(requirement.rewrite(text, version, policy)).toEqual({ ok: true, value: expected });
    expect(requirement.satisfies(expected, version)).toEqual({ ok: true, value: true });
    expect(requirement.rewrite(expected, version, policy)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['!=1.3.0', '1.3.0', 'FORGE-V004'],
    ['>2', '1.3.0', 'FORGE-V004'],
    ['==1.2.*', '1.3.0rc1', 'FORGE-V004'],
    ['*', '1.3.0rc1', 'FORGE-V004'],
    ['newest', '1.3.0', 'FORGE-V003'],
  ])('refuses %j for %s', (text, version, code) => {
    expect(requirement.rewrite(text, version, 'violated')).toMatchObject({
      ok: false,
      problems: [{ code }],
    });
  });
});

describe('a range that is violated', () => {
  const ranges = [
    '>=1.2',
    '>=1.2,<2',
    '>=1.2.0,<1.9',
    '>=0.1.8,<0.2',
    '>=1,<=1.9',
    '<2',
    '^1.2 || ^2.0',
  ];
  const probes = ['0.1.9', '1.2', '1.2.5', '1.8.9', '1.9', '2.0.0', '2.5', '3.1.0', '99'];
  const takenBy = (text: string): string[] =>
    probes.filter((probe) => {
      const taken = requirement.satisfies(text, probe);
      return taken.ok && taken.value;
    });

  it.each(ranges)('%j never narrows and never loses its upper bound', (range) => {
    for (const version of ['0.1.9', '0.2.0', '1.3.0', '2.0.0', '3.1.0']) {
      const rewritten = requirement.rewrite(range, version, 'violated');
      const after = rewritten.ok ? takenBy(rewritten.value) : takenBy(range);
      expect(after).toEqual(expect.arrayContaining(takenBy(range)));
      expect(after.includes('99')).toBe(takenBy(range).includes('99'));
    }
  });
});

describe('default', () => {
  it.each([
    ['1.2.3', '>=1.2.3,<2'],
    ['0.1.8', '>=0.1.8,<0.2'],
    ['1.3.0rc1', '>=1.3.0rc1,<2'],
    ['0.1.8.2', '>=0.1.8.2,<0.2'],
  ])('of %s is %s', (version, expected) => {
    expect(requirement.default(version)).toBe(expected);
    expect(requirement.satisfies(expected, version)).toEqual({ ok: true, value: true });
  });
});
