import type { BumpType, RequirementPolicy } from '../../model';
import { versions } from './versions';

const { requirement } = versions;

describe('versions', () => {
  it.each([
    ['1.2.3', true],
    ['1.2.3-rc.1+build.5', true],
    ['v1.2.3', false],
    ['1.2', false],
    ['01.2.3', false],
    [' 1.2.3', false],
  ])('%j is valid: %s', (version, valid) => {
    expect(versions.isValid(version)).toBe(valid);
    expect(versions.toNative(version).ok).toBe(valid);
  });

  it.each<[string, BumpType, string, string]>([
    ['1.2.3', 'major', '', '2.0.0'],
    ['1.2.3', 'minor', '', '1.3.0'],
    ['1.2.3-rc.1', 'patch', '', '1.2.3'],
    ['1.2.3', 'preminor', 'rc', '1.3.0-rc.0'],
    ['1.3.0-rc.0', 'prerelease', 'rc', '1.3.0-rc.1'],
    ['1.3.0-rc.0', 'minor', '', '1.3.0'],
  ])('%s bumped by %s %s is %s', (version, type, preid, next) => {
    expect(versions.bump(version, type, preid)).toEqual({ ok: true, value: next });
  });

  it('orders prereleases before their release', () => {
    const sorted = ['1.0.0', '1.0.0-rc.10', '1.0.0-rc.2', '0.9.9'].sort(versions.compare);
    expect(sorted).toEqual(['0.9.9', '1.0.0-rc.2', '1.0.0-rc.10', '1.0.0']);
  });

  it('refuses what is no version', () => {
    expect(versions.bump('1.2', 'patch', '')).toMatchObject({ problems: [{ code: 'FORGE-V001' }] });
  });
});

describe('satisfies', () => {
  // By the rules of the Rust crate `semver` 1.0, which cargo 1.95 uses.
  it.each([
    ['1.2', '1.9.0', true],
    ['^1.2', '1.1.9', false],
    ['0.1', '0.1.9', true],
    ['0.1.2', '0.2.0', false],
    ['0', '0.9.0', true],
    ['0.0', '0.0.7', true],
    ['0.0.3', '0.0.4', false],
    ['~1', '1.9.9', true],
    ['~1.2', '1.3.0', false],
    ['~1.2.3', '1.2.9', true],
    ['=1.2', '1.2.9', true],
    ['=1.2.3', '1.2.4', false],
    ['1.*', '1.9.0', true],
    ['1.2.*', '1.3.0', false],
    ['*', '9.9.9', true],
    ['*', '9.9.9-rc.1', false],
    ['>1.2', '1.2.9', false],
    ['>1.2', '1.3.0', true],
    ['<=1.2', '1.2.9', true],
    ['>=1.2, <2', '2.0.0', false],
    ['>=1.2, <2', '2.0.0-rc.1', false],
    ['>=1.2.0-rc.1, <2', '1.2.0-rc.2', true],
    ['^1.2.0-rc.1', '1.2.0', true],
    ['^1.2.0-rc.1', '1.3.0-rc.1', false],
    ['=1.2.3-rc.1', '1.2.3', false],
  ])('%s and %s: %s', (text, version, expected) => {
    expect(requirement.satisfies(text, version)).toEqual({ ok: true, value: expected });
  });

  it.each(['', 'latest', '1.2.3.4', '1.2,', '>=1, *', '1.*.3', '1.2-rc.1', '01', 'workspace:*'])(
    '%j is no requirement',
    (text) => {
      expect(requirement.satisfies(text, '1.0.0')).toMatchObject({
        problems: [{ code: 'FORGE-V003' }],
      });
    },
  );
});

describe('rewrite', () => {
  it.each<[string, string, RequirementPolicy, string]>([
    ['1.2', '1.3.0', 'violated', '1.2'],
    ['1.2', '1.3.0', 'always', '1.3'],
    ['1.2', '2.0.1', 'violated', '2.0'],
    ['^1', '2.3.4', 'violated', '^2'],
    ['=1.2.0', '1.3.0', 'violated', '=1.3.0'],
    ['= 1.2', '1.3.4', 'violated', '= 1.3'],
    ['~1.2', '1.3.4', 'violated', '~1.3'],
    ['1.*', '2.0.0', 'violated', '2.*'],
    ['*', '2.0.0', 'always', '*'],
    ['>=1.2, <2', '1.3.0', 'violated', '>=1.2, <2'],
    ['>=1.2, <2', '1.3.0', 'always', '>=1.3, <2'],
    ['>=1.2,  <2', '2.1.0', 'violated', '>=1.2,  <3'],
    ['>=0.1.2, <0.2.0', '0.2.3', 'violated', '>=0.1.2, <0.3.0'],
    ['>=1.2, <=1.5', '1.6.2', 'violated', '>=1.2, <=1.6'],
    ['^1.2', '2.0.0-rc.1', 'violated', '^2.0.0-rc.1'],
    ['>=1.2, <2', '2.0.0-rc.1', 'violated', '>=2.0.0-rc.1, <3'],
    ['=2.0.0-rc.1', '2.0.0', 'violated', '=2.0.0'],
    ['2.0', '1.9.0', 'violated', '1.9'],
  ])('%s for %s (%s) is %s', (text, version, policy, expected) => {
    const result = requirement.rewrite(text, version, policy);
    expect(result).toEqual({ ok: true, value: expected });
    expect(requirement.satisfies(expected, version)).toEqual({ ok: true, value: true });
    expect(requirement.rewrite(expected, version, policy)).toEqual(result);
  });

  it.each([
    ['*', '1.0.0-rc.1'],
    ['1.*', '1.3.0-rc.1'],
    ['>2', '1.0.0'],
  ])('%s cannot be kept in meaning for %s', (text, version) => {
    expect(requirement.rewrite(text, version, 'violated')).toMatchObject({
      problems: [{ code: 'FORGE-V004' }],
    });
  });
});
