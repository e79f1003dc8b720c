import type { BumpType } from '../../model';
import { versions } from './versions';

const longest = `1.0.0-${'a'.repeat(250)}`;

describe('versions', () => {
  // Semantic Versioning 2.0.0, sections 2, 9 and 10; what cargo 1.95 takes in `[package] version`.
  it.each([
    ['1.2.3', true],
    ['1.2.3-rc.1+build.5', true],
    ['1.2.3--', true],
    ['1.2.3-0a.b-c', true],
    ['1.2.3+001', true],
    ['9007199254740991.0.0', true],
    [longest, true],
    ['v1.2.3', false],
    ['1.2', false],
    ['1.2.3.4', false],
    ['01.2.3', false],
    ['1.2.3-01', false],
    ['1.2.3-', false],
    ['1.2.3-a..b', false],
    ['1.2.3+', false],
    ['1.2.3\n', false],
    [' 1.2.3', false],
    // cargo takes these two; see `isVersion`.
    ['9007199254740992.0.0', false],
    [`${longest}a`, false],
  ])('%j is valid: %s', (version, valid) => {
    expect(versions.isValid(version)).toBe(valid);
    expect(versions.toNative(version).ok).toBe(valid);
    expect(versions.toCanonical(version).ok).toBe(valid);
  });

  // `semver.inc` of node-semver 7, which is what Nx asks for the next version.
  it.each<[string, BumpType, string, string]>([
    ['1.2.3', 'major', '', '2.0.0'],
    ['1.2.3', 'minor', '', '1.3.0'],
    ['1.2.3', 'patch', '', '1.2.4'],
    ['1.2.3+build', 'patch', '', '1.2.4'],
    ['1.2.3-rc.1', 'patch', '', '1.2.3'],
    ['1.3.0-rc.1', 'minor', '', '1.3.0'],
    ['1.3.1-rc.1', 'minor', '', '1.4.0'],
    ['2.0.0-rc.1', 'major', '', '2.0.0'],
    ['1.2.3', 'premajor', 'rc', '2.0.0-rc.0'],
    ['1.2.3', 'preminor', 'rc', '1.3.0-rc.0'],
    ['1.2.3', 'prepatch', 'rc', '1.2.4-rc.0'],
    ['1.2.3', 'prerelease', 'rc', '1.2.4-rc.0'],
    ['1.2.3', 'prerelease', '', '1.2.4-0'],
    ['1.3.0-rc.0', 'prerelease', 'rc', '1.3.0-rc.1'],
    ['1.3.0-beta.4', 'prerelease', 'rc', '1.3.0-rc.0'],
    ['0.1.9', 'minor', '', '0.2.0'],
  ])('%s bumped by %s %s is %s', (version, type, preid, next) => {
    expect(versions.bump(version, type, preid)).toEqual({ ok: true, value: next });
  });

  // Semantic Versioning 2.0.0, section 11.
  it('stand in the order of SemVer', () => {
    const ordered = [
      ...['0.9.9', '1.0.0-0', '1.0.0-2', '1.0.0-10', '1.0.0-alpha', '1.0.0-alpha.1'],
      ...['1.0.0-alpha.beta', '1.0.0-rc.2', '1.0.0-rc.10', '1.0.0', '1.0.10'],
    ];
    expect([...ordered].reverse().sort(versions.compare)).toEqual(ordered);
    expect(versions.compare('1.0.0+a', '1.0.0+b')).toBe(0);
  });

  it.each([
    ['1.2', 'patch', ''],
    ['1.2.3', 'prerelease', 'r c'],
    ['9007199254740991.0.0', 'major', ''],
  ] as const)('refuse to bump %s by %s %s', (version, type, preid) => {
    expect(versions.bump(version, type, preid)).toMatchObject({
      problems: [{ code: 'FORGE-V001' }],
    });
  });
});
