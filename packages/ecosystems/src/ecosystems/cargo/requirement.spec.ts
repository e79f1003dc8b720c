import type { RequirementPolicy } from '../../model';
import { requirement } from './requirement';

const { satisfies, rewrite } = requirement;
const zeros = ['0.0.3', '0.0.4', '0.1.2', '0.1.9', '0.2.0'];
const ones = ['1.2.0', '1.2.3', '1.2.9', '1.3.0', '1.9.9', '1.2.3+other'];
const twos = ['2.0.0', '2.1.0'];
const prereleases = ['1.2.0-rc.1', '1.2.0-rc.2', '1.2.3-rc.1', '1.3.0-rc.1', '2.0.0-rc.1'];
const all = [...zeros, ...ones, ...twos, ...prereleases];
const fixes = ['1.2.0', '1.2.3', '1.2.9', '1.2.3+other'];
const candidates = ['1.2.0-rc.1', '1.2.0-rc.2'];

/**
 * Each pair was asked of cargo 1.95.0: a crate at the version, another that needs it by path and requirement, and
 * `cargo generate-lockfile --offline`, which resolves or does not.
 */
const takenByCargo: readonly (readonly [requirement: string, versions: readonly string[]])[] = [
  ['1.2', ones],
  ['^1.2', ones],
  [' 1.2 ', ones],
  ['~1', ones],
  ['=1', ones],
  ['1.*', ones],
  ['1.x', ones],
  ['>=1.*', [...ones, ...twos]],
  ['~1.2', fixes],
  ['=1.2', fixes],
  ['1.2.*', fixes],
  ['~1.2.3', ['1.2.3', '1.2.9', '1.2.3+other']],
  ['=1.2.3', ['1.2.3', '1.2.3+other']],
  ['=1.2.3+build', ['1.2.3', '1.2.3+other']],
  ['1.2.3+build', ['1.2.3', '1.2.9', '1.3.0', '1.9.9', '1.2.3+other']],
  ['*', [...zeros, ...ones, ...twos]],
  ['>1', twos],
  ['>1.2', ['1.3.0', '1.9.9', ...twos]],
  ['>=1.2', [...ones, ...twos]],
  ['<=1.2', [...zeros, ...fixes]],
  ['<1.3', [...zeros, ...fixes]],
  ['<=1', [...zeros, ...ones]],
  ['<2', [...zeros, ...ones]],
  ['<2.0.0', [...zeros, ...ones]],
  ['<2.0.0-0', [...zeros, ...ones]],
  ['>=1.2, <2', ones],
  ['>= 1.2 , < 2', ones],
  ['>=1.2.0-rc.1, <2', [...ones, ...candidates]],
  ['^1.2.0-rc.1', [...ones, ...candidates]],
  ['~1.2.0-rc.1', [...fixes, ...candidates]],
  ['=1.2.3-rc.1', ['1.2.3-rc.1']],
  ['>=2.0.0-rc.1, <3', [...twos, '2.0.0-rc.1']],
  ['>1.2.3-rc.1', ['1.2.3', '1.2.9', '1.3.0', '1.9.9', '1.2.3+other', ...twos]],
  ['<=1.2.3-rc.2', [...zeros, '1.2.0', '1.2.3-rc.1']],
  ['0', zeros],
  ['0.0', ['0.0.3', '0.0.4']],
  ['0.0.*', ['0.0.3', '0.0.4']],
  ['^0.0.3', ['0.0.3']],
  ['0.1', ['0.1.2', '0.1.9']],
  ['0.1.2', ['0.1.2', '0.1.9']],
];

function taken(text: string): string[] {
  return all.filter((version) => {
    const result = satisfies(text, version);
    if (!result.ok) throw result.problems[0];
    return result.value;
  });
}

describe('a requirement', () => {
  it.each(takenByCargo)('%j takes what cargo takes for it', (text, versions) => {
    expect(taken(text)).toEqual(all.filter((version) => versions.includes(version)));
  });

  // Refused by cargo 1.95.0 (`failed to parse the version requirement`), too, but for the last two.
  it.each([
    ...[
      '',
      'latest',
      'v1.2',
      '==1.2',
      '>>1',
      '1..2',
      '1.2.3.4',
      '1.2 .3',
      '01',
      '1.2-rc.1',
      '1.2.3-',
    ],
    ...[
      '1.2,',
      '>=1, *',
      '>=1.2 <2',
      '^1 || ^2',
      '1.*.3',
      '^*',
      '=*',
      '>*',
      '18446744073709551616',
    ],
    ...['workspace:*', '9007199254740992'],
  ])('%j is none', (text) => {
    expect(satisfies(text, '1.0.0')).toMatchObject({ problems: [{ code: 'FORGE-V003' }] });
    expect(rewrite(text, '1.0.0', 'always')).toMatchObject({ problems: [{ code: 'FORGE-V003' }] });
  });

  it('is asked for a version that is one', () => {
    expect(satisfies('1', '1.2')).toMatchObject({ problems: [{ code: 'FORGE-V001' }] });
    expect(rewrite('1', '1.2', 'always')).toMatchObject({ problems: [{ code: 'FORGE-V001' }] });
  });

  it('is, where there was none, a caret without build metadata', () => {
    expect(requirement.default('1.2.3')).toBe('1.2.3');
    expect(requirement.default('1.2.3+build')).toBe('1.2.3');
  });
});

describe('rewriting', () => {
  // By the rules of the project: operator, precision, spaces and bounds stay.
  it.each<[string, string, RequirementPolicy, string]>([
    ['1.2', '1.3.0', 'violated', '1.2'],
    ['1.2', '1.3.0', 'always', '1.3'],
    ['1.2', '2.0.1', 'violated', '2.0'],
    ['1.2.0', '2.0.1', 'violated', '2.0.1'],
    ['^1', '2.3.4', 'violated', '^2'],
    ['^0.1.2', '0.2.0', 'violated', '^0.2.0'],
    ['=1.2.0', '1.3.0', 'violated', '=1.3.0'],
    ['=1.2.0+build', '1.3.0', 'violated', '=1.3.0'],
    ['= 1.2', '1.3.4', 'violated', '= 1.3'],
    ['~1.2', '1.3.4', 'violated', '~1.3'],
    ['~1', '2.3.4', 'violated', '~2'],
    ['1.*', '2.0.0', 'violated', '2.*'],
    ['1.2.x', '2.0.0', 'violated', '2.0.x'],
    ['*', '2.0.0', 'always', '*'],
    ['>=1.2, <2', '1.3.0', 'violated', '>=1.2, <2'],
    ['>=1.2, <2', '1.3.0', 'always', '>=1.3, <2'],
    ['>=1.2,  <2', '2.1.0', 'violated', '>=1.2,  <3'],
    ['>=1.2, <2', '2.1.0', 'always', '>=2.1, <3'],
    ['>=1.2.0, <2.0.0', '2.1.0', 'violated', '>=1.2.0, <3.0.0'],
    ['>=1.2, <2.0.0-0', '2.1.0', 'violated', '>=1.2, <3.0.0-0'],
    ['>=0.1.2, <0.2.0', '0.2.3', 'violated', '>=0.1.2, <0.3.0'],
    ['>=1.2, <=1.5', '1.6.2', 'violated', '>=1.2, <=1.6'],
    ['>1.1, <2', '2.1.0', 'violated', '>1.1, <3'],
    ['>1.1, <2', '1.3.0', 'always', '>1.1, <2'],
    ['<2', '1.3.0', 'always', '<2'],
    ['<2', '2.0.0', 'violated', '<3'],
    ['^1.2', '2.0.0-rc.1', 'violated', '^2.0.0-rc.1'],
    ['>=1.2, <2', '2.0.0-rc.1', 'violated', '>=2.0.0-rc.1, <3'],
    ['=2.0.0-rc.1', '2.0.0', 'violated', '=2.0.0'],
    ['^2.0.0-rc.1', '2.0.0', 'violated', '^2.0.0-rc.1'],
    ['^2.0.0-rc.1', '2.0.0', 'always', '^2.0.0'],
    ['2.0', '1.9.0', 'violated', '1.9'],
  ])('%s for %s (%s) gives %s', (text, version, policy, expected) => {
    const result = rewrite(text, version, policy);
    expect(result).toEqual({ ok: true, value: expected });
    expect(satisfies(expected, version)).toEqual({ ok: true, value: true });
    expect(rewrite(expected, version, policy)).toEqual(result);
  });

  it.each([
    ['*', '1.0.0-rc.1'],
    ['1.*', '1.3.0-rc.1'],
    ['>2', '1.0.0'],
    ['<2', '1.3.0-rc.1'],
  ])('%s cannot be kept in meaning for %s', (text, version) => {
    expect(rewrite(text, version, 'violated')).toMatchObject({
      problems: [{ code: 'FORGE-V004' }],
    });
  });

  const samples = takenByCargo.map(([text]) => text);
  const bounds = samples.filter((text) => text.includes('<') || /^>/.test(text.trim()));

  it.each(samples)('%j never loses its upper bound', (text) => {
    const isOpen = (each: string): unknown => satisfies(each, '99.0.0');
    for (const version of all)
      for (const policy of ['violated', 'always'] as const) {
        const next = rewrite(text, version, policy);
        if (next.ok)
          expect([text, version, isOpen(next.value)]).toEqual([text, version, isOpen(text)]);
      }
  });

  // Prereleases are taken by name only: a bound that stops naming one lets it go.
  const released = (text: string): string[] => taken(text).filter((each) => !each.includes('-'));
  it.each(bounds)('%j never gets narrower by a release', (text) => {
    for (const version of [...zeros, ...ones, ...twos]) {
      const next = rewrite(text, version, 'violated');
      if (next.ok) expect(released(next.value)).toEqual(expect.arrayContaining(released(text)));
    }
  });

  it.each(samples)('%j only ever gets narrower where it is satisfied and raised', (text) => {
    for (const version of taken(text)) {
      const next = rewrite(text, version, 'always');
      if (next.ok) expect(taken(text)).toEqual(expect.arrayContaining(taken(next.value)));
    }
  });
});
