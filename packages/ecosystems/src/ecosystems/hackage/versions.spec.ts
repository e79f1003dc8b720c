import type { BumpType } from '../../model';
import { versions } from './versions';

/**
 * Digits and dots: Cabal's `Distribution.Types.Version`, each accepted or refused by `cabal check` 3.4.1 as the
 * version of a package. What stands behind a hyphen: SemVer 2.0.0, items 9 and 11.
 */
describe('validity', () => {
  it.each([
    ['1.2.3', true],
    ['1', true],
    ['0', true],
    ['0.1.8.2', true],
    ['1.2.3.4.5.6', true],
    ['1.999999999', true],
    ['1.02', false],
    ['1.2.', false],
    ['.1', false],
    ['1.1234567890', false],
    ['1.2 ', false],
    ['', false],
    ['1.2.0-rc.1', true],
    ['1.2-0', true],
    ['0.1.8.2-rc.1', true],
    ['1.2.0-', false],
    ['1.2.0-rc.01', false],
    ['1.2.0-rc_1', false],
    ['1.2.0-rc.1+5', false],
  ])('%s is valid: %s', (native, valid) => expect(versions.isValid(native)).toBe(valid));
});

/** `compare` of `Distribution.Version` in GHC 9.0.2; candidates by SemVer 2.0.0, item 11, before their release. */
describe('order', () => {
  it.each([
    ['1.2', '1.10', -1],
    ['1.2', '1.2.0', -1],
    ['1.2.0', '1.2.0', 0],
    ['2', '1.9.9', 1],
    ['1.2.0-rc.1', '1.2.0', -1],
    ['1.2', '1.2.0-rc.1', -1],
    ['1.2.0-rc.2', '1.2.0-rc.10', -1],
    ['1.2.0-rc', '1.2.0-rc.1', -1],
    ['1.2.0-1', '1.2.0-alpha', -1],
    ['1.2.0-rc.1', '1.2.0-beta.9', 1],
    ['1.2.0-rc.1', '1.2.0-rc.1', 0],
  ])('%s against %s is %d', (a, b, sign) => {
    expect(versions.compare(a, b)).toBe(sign);
    expect(versions.compare(b, a)).toBe(sign === 0 ? 0 : -sign);
  });
});

/** `semver.inc` 7 on the first three parts; a fourth part falls away. A SemVer minor is a PVP major (`A.B`). */
describe('bumps', () => {
  it.each<[string, BumpType, string]>([
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['0.1.8.2', 'patch', '0.1.9'],
    ['0.1.8.2', 'minor', '0.2.0'],
    ['0.1', 'patch', '0.1.1'],
    ['0.1', 'minor', '0.2.0'],
    ['1', 'major', '2.0.0'],
    ['1.2.3', 'prerelease', '1.2.4-rc.0'],
    ['1.2.3', 'prepatch', '1.2.4-rc.0'],
    ['1.2.3', 'preminor', '1.3.0-rc.0'],
    ['1.2.3', 'premajor', '2.0.0-rc.0'],
    ['0.1.8.2', 'prerelease', '0.1.9-rc.0'],
    ['1.3.0-rc.0', 'prerelease', '1.3.0-rc.1'],
    ['1.3.0-beta.4', 'prerelease', '1.3.0-rc.0'],
    ['1.3.0-rc.0', 'patch', '1.3.0'],
    ['1.3.0-rc.0', 'minor', '1.3.0'],
    ['1.3.0-rc.0', 'major', '2.0.0'],
    ['1.3.1-rc.0', 'minor', '1.4.0'],
    ['2.0.0-rc.0', 'major', '2.0.0'],
    ['0.1.8.2-rc.1', 'patch', '0.1.8.2'],
    ['0.1.8.2-rc.1', 'minor', '0.2.0'],
    ['0.1.8.2-rc.1', 'prerelease', '0.1.8.2-rc.2'],
    ['0.2.0.0-rc.1', 'minor', '0.2.0.0'],
    ['0.1.0.2-rc.1', 'minor', '0.2.0'],
    ['1.0.0.0-rc.1', 'major', '1.0.0.0'],
  ])('%s, %s → %s', (native, type, next) => {
    expect(versions.bump(native, type, 'rc')).toEqual({ ok: true, value: next });
    expect(versions.compare(next, native)).toBe(1);
  });
});

describe('spellings', () => {
  it.each([
    ['1.3.0', '1.3.0'],
    ['10.0.1', '10.0.1'],
    ['1.3.0-rc.1', '1.3.0-rc.1'],
    ['1.3.0-alpha.2', '1.3.0-alpha.2'],
  ])('%s is %s here, and back', (canonical, native) => {
    expect(versions.toNative(canonical)).toEqual({ ok: true, value: native });
    expect(versions.toCanonical(native)).toEqual({ ok: true, value: canonical });
  });

  it.each([
    ['1.3', '1.3.0'],
    ['2', '2.0.0'],
    ['1.3-rc.1', '1.3.0-rc.1'],
  ])('%s is %s to SemVer', (native, canonical) =>
    expect(versions.toCanonical(native)).toEqual({ ok: true, value: canonical }),
  );

  it('tell candidates from versions', () => {
    expect(versions.isPrerelease('1.3.0-rc.1')).toBe(true);
    expect(versions.isPrerelease('1.3.0')).toBe(false);
  });

  it.each([
    ['build metadata', versions.toNative('1.3.0+5'), 'FORGE-V002'],
    ['too many digits', versions.toNative('1.3.1234567890'), 'FORGE-V002'],
    ['a bump to too many digits', versions.bump('1.2.999999999', 'patch', ''), 'FORGE-V002'],
    ['what is not SemVer', versions.toNative('1.3'), 'FORGE-V001'],
    ['four parts', versions.toCanonical('0.1.8.2'), 'FORGE-V002'],
    ['four parts of a candidate', versions.toCanonical('0.1.8.2-rc.1'), 'FORGE-V002'],
    ['no version', versions.toCanonical('x'), 'FORGE-V001'],
    ['a bump of no version', versions.bump('x', 'patch', 'rc'), 'FORGE-V001'],
  ])('refuse %s', (_, result, code) =>
    expect(result).toMatchObject({ ok: false, problems: [{ code }] }),
  );
});
