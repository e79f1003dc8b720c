import { loadFiles } from '../graph/testing/memory-workspace';
import type { PackageNode } from '../graph/model';
import { nextVersion } from './next-version';

const [crate] = loadFiles({ 'a/Cargo.toml': '[package]\nname = "a"\nversion = "1.2.3"\n' })
  .packages as [PackageNode];
const [wheel] = loadFiles({ 'b/pyproject.toml': '[project]\nname = "b"\nversion = "0.1.8.2"\n' })
  .packages as [PackageNode];

describe('the next version', () => {
  it.each([
    ['1.2.3', 'patch', '', false, '1.2.4'],
    ['1.2.3', 'minor', '', false, '1.3.0'],
    ['1.2.3', 'major', '', false, '2.0.0'],
    ['1.2.3', 'prerelease', 'rc', false, '1.2.4-rc.0'],
    ['1.3.0-rc.0', 'prerelease', 'rc', false, '1.3.0-rc.1'],
    ['1.3.0-rc.1', 'minor', '', false, '1.3.0'],
    ['0.1.8', 'minor', '', true, '0.1.9'],
    ['0.1.8', 'major', '', true, '0.2.0'],
    ['0.1.8', 'minor', '', false, '0.2.0'],
    ['1.2.3', '4.5.6', '', false, '4.5.6'],
    ['1.2.3', 'v4.5.6', '', false, '4.5.6'],
  ])(
    'of %s by %s %s (zero major adjusted: %s) is %s',
    (current, specifier, preid, adjustForZeroMajor, expected) => {
      expect(nextVersion(crate, current, specifier, { preid, adjustForZeroMajor })).toEqual({
        ok: true,
        value: expected,
      });
    },
  );

  it('takes a native spelling and hands on the canonical one', () => {
    expect(
      nextVersion(wheel, '0.1.8', '1.0.0rc1', { preid: '', adjustForZeroMajor: true }),
    ).toEqual({ ok: true, value: '1.0.0-rc.1' });
  });

  it('bumps four parts in the ecosystem that has them', () => {
    const result = nextVersion(wheel, '0.1.8.2', 'patch', { preid: '', adjustForZeroMajor: true });
    expect(result.ok).toBe(true);
  });

  it('refuses what is neither a bump nor a version', () => {
    const result = nextVersion(crate, '1.2.3', 'bigger', { preid: '', adjustForZeroMajor: false });
    expect(!result.ok && result.problems[0]?.code).toBe('FORGE-V006');
  });

  it('refuses to bump a version that nobody wrote', () => {
    const result = nextVersion(crate, null, 'patch', { preid: '', adjustForZeroMajor: false });
    expect(!result.ok && result.problems[0]?.code).toBe('FORGE-M005');
  });
});
