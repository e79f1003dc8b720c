import type { BumpType, Result } from '../../model';
import { versions } from './versions';

function codeOf(result: Result<string>): string {
  return result.ok ? result.value : (result.problems[0]?.code ?? '');
}

describe('RubyGems versions', () => {
  it.each([
    ['1.3.0', '1.3.0'],
    ['1.3.0-rc.1', '1.3.0.rc1'],
    ['1.3.0-alpha.2', '1.3.0.alpha2'],
    ['1.3.0-beta.3', '1.3.0.beta3'],
    ['1.3.0-dev.4', '1.3.0.dev4'],
    ['1.3.0-pre', '1.3.0.pre'],
  ])('spells %s as %s and back', (canonical, native) => {
    expect(codeOf(versions.toNative(canonical))).toBe(native);
    expect(codeOf(versions.toCanonical(native))).toBe(canonical);
  });

  it.each([
    ['1.3', 'FORGE-V001'],
    ['v1.3.0', 'FORGE-V001'],
    ['1.3.0+build', 'FORGE-V002'],
    ['1.3.0-0', 'FORGE-V002'],
    ['1.3.0-rc1', 'FORGE-V002'],
    ['1.3.0-rc.1.2', 'FORGE-V002'],
  ])('does not spell %s (%s)', (canonical, code) => {
    expect(codeOf(versions.toNative(canonical))).toBe(code);
  });

  it.each([
    ['1.2', '1.2.0'],
    ['1.3.0.rc.1', '1.3.0-rc.1'],
    ['0.1.8.2', 'FORGE-V002'],
    ['1.0.0-rc1', 'FORGE-V002'],
    ['', 'FORGE-V001'],
    ['one', 'FORGE-V001'],
  ])('makes %s canonical: %s', (native, expected) => {
    expect(codeOf(versions.toCanonical(native))).toBe(expected);
  });

  // Answers of `Gem::Version.correct?`, RubyGems 3.3.15.
  it.each([
    ...['1', '1.2', '1.2.3', '1.2.3.4', '1.2.rc1', '1.a', '1.2-rc1', '1-1', '01.2'].map(
      (version) => [version, true] as const,
    ),
    ...['1..2', '1.2.', '.1', '1.2-rc_1', '1.2+x', 'v1', 'a', '1.2_3', '1.0-'].map(
      (version) => [version, false] as const,
    ),
  ])('takes %s for a version: %s', (version, expected) => {
    expect(versions.isValid(version)).toBe(expected);
  });

  // Answers of `Gem::Version#<=>`, RubyGems 3.3.15.
  it.each<[string, '<' | '=' | '>', string]>([
    ['1.2', '=', '1.2.0'],
    ['1', '=', '1.0.0.0'],
    ['01.2', '=', '1.2'],
    ['0.1.8.0', '=', '0.1.8'],
    ['0.1.8.2', '<', '0.1.8.10'],
    ['1.10', '>', '1.9'],
    ['1.3.0.rc1', '<', '1.3.0'],
    ['1.0.0.1', '>', '1.0.0.rc1'],
    ['1.3.0.rc1', '=', '1.3.rc.1'],
    ['1.2.3.a', '=', '1.2.3.a.0'],
    ['1.0.0.rc.0', '=', '1.rc'],
    ['1.0.0.rc2', '<', '1.0.0.rc10'],
    ['2.0.0.a', '<', '2.0.0.a1'],
    ['1.0.a.2', '<', '1.0.b1'],
    ['1.3.0.alpha2', '<', '1.3.0.beta1'],
    ['1.0.0.dev4', '>', '1.0.0.alpha1'],
    ['1.3.0.B', '<', '1.3.0.a'],
    ['1.3.0-rc1', '<', '1.3.0.rc1'],
    ['1.3.0-rc.1', '=', '1.3.0.pre.rc.1'],
    ['1.3.0.rc1', '>', '1.2.9'],
  ])('orders %s %s %s', (a, sign, b) => {
    expect(Math.sign(versions.compare(a, b))).toBe({ '<': -1, '=': 0, '>': 1 }[sign]);
    expect(Math.sign(versions.compare(b, a))).toBe({ '<': 1, '=': 0, '>': -1 }[sign]);
  });

  // `semver.inc` of semver 7.7 on the first three parts, spelled as RubyGems does.
  it.each<[string, BumpType, string, string]>([
    ['1.2.3', 'major', '', '2.0.0'],
    ['1.2.3', 'minor', '', '1.3.0'],
    ['1.2.3', 'patch', '', '1.2.4'],
    ['1.2.3', 'premajor', 'alpha', '2.0.0.alpha0'],
    ['1.2.3', 'preminor', 'rc', '1.3.0.rc0'],
    ['1.2.3', 'prepatch', 'beta', '1.2.4.beta0'],
    ['1.2.3', 'prerelease', 'rc', '1.2.4.rc0'],
    ['1.3.0.rc1', 'prerelease', 'rc', '1.3.0.rc2'],
    ['1.3.0.beta9', 'prerelease', 'rc', '1.3.0.rc0'],
    ['1.3.0.rc', 'prerelease', 'rc', '1.3.0.rc0'],
    ['1.3.0.rc1', 'patch', '', '1.3.0'],
    ['1.3.0.rc1', 'minor', '', '1.3.0'],
    ['1.3.0.rc1', 'major', '', '2.0.0'],
    ['2.0.0.rc1', 'major', '', '2.0.0'],
    // Fewer parts stay as few as they can.
    ['1.2', 'minor', '', '1.3'],
    ['1.2', 'patch', '', '1.2.1'],
    ['1', 'major', '', '2'],
    ['1.2', 'preminor', 'rc', '1.3.rc0'],
    // A fourth part starts again at zero.
    ['0.1.8.2', 'patch', '', '0.1.9.0'],
    ['0.1.8.2', 'minor', '', '0.2.0.0'],
    ['0.1.8.2', 'major', '', '1.0.0.0'],
    ['1.3.0.1.rc1', 'patch', '', '1.3.0.1'],
    ['one', 'patch', '', 'FORGE-V001'],
    // Without a word a prerelease is a number, which RubyGems takes for a fourth part.
    ['1.2.3', 'prerelease', '', 'FORGE-V002'],
    ['1.2.3', 'prerelease', 'rc1', 'FORGE-V002'],
  ])('bumps %s by %s (%s) to %s', (native, type, preid, next) => {
    expect(codeOf(versions.bump(native, type, preid))).toBe(next);
  });
});
