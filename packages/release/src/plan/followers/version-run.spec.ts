import { firstVersion, isVersion, versionsIn } from './version-run';

describe('a version in a text', () => {
  it.each([
    ['0.1.8\n', '0.1.8'],
    ['v1.2.3', '1.2.3'],
    ['demo-1.2.0-linux-x64.tar.gz', '1.2.0'],
    ['demo-1.2.0-rc.1.tar.gz', '1.2.0-rc.1'],
    ['release 1.3.0-canary.4, stable', '1.3.0-canary.4'],
    ['1.3.0-0', '1.3.0-0'],
    ['__version__ = "1.3.0rc1"', '1.3.0rc1'],
    ['1.3.0.dev4', '1.3.0.dev4'],
    ['gem 1.3.0.pre.1', '1.3.0.pre.1'],
    ['0.1.8.2', '0.1.8.2'],
    ['1.2.3+build.5', '1.2.3+build.5'],
    ['Since 2024, version 1.0.', '1.0'],
  ])('%j is %s', (text, version) => {
    expect(firstVersion(text)?.text).toBe(version);
    expect(isVersion(version)).toBe(true);
  });

  it.each(['7', 'none', '^1.2.3', '1.2.3 or so', ''])('%j is no version alone', (text) => {
    expect(isVersion(text)).toBe(false);
  });

  it('is found wherever an alternative has it, the rest taken as it stands', () => {
    const text = "a '0.1.10' (expected 0.1.9) [0.1.8] '0.1'";
    const found = versionsIn(text, ["'{version}'", 'expected {version}']);
    expect(found.map((each) => each.text)).toEqual(['0.1.10', '0.1.9', '0.1']);
    expect(versionsIn('a.b 1.0 aXb 1.0', ['a.b {version}'])).toHaveLength(1);
    expect(versionsIn('1.0 to 2.0', ['{version} to {version}'])).toHaveLength(2);
  });
});
