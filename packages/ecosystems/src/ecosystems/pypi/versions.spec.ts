import { bumpTypes } from '../../model';
import { versions } from './versions';

const valueOf = <T>(
  result: { ok: true; value: T } | { ok: false; problems: readonly { code: string }[] },
): T | string | undefined => (result.ok ? result.value : result.problems[0]?.code);

/** Checked against packaging 26.3, the reference implementation of PEP 440. */
describe('order', () => {
  it.each([
    ['0.1.8.0', '0.1.8', 0],
    ['1.3.0-rc.1', '1.3.0rc1', 0],
    ['1.3.0.dev4', '1.3.0a1', -1],
    ['1.3.0a1', '1.3.0b1', -1],
    ['1.3.0rc1', '1.3.0', -1],
    ['1.3.0', '1.3.0.post1', -1],
    ['1!0.1', '2.0', 1],
    ['1.10', '1.9', 1],
    ['1.0.post1.dev2', '1.0.post1', -1],
    ['1.0a1.dev1', '1.0a1', -1],
    ['1.0+abc', '1.0', 1],
    ['1.0+abc.5', '1.0+abc.7', -1],
    ['1.0c1', '1.0rc1', 0],
    ['1.0-1', '1.0.post1', 0],
    ['v1.0', '1.0', 0],
    ['1.0.0+Ubuntu-1', '1.0+ubuntu.1', 0],
  ])('%s against %s is %d', (a, b, sign) => {
    expect(versions.compare(a, b)).toBe(sign);
    expect(versions.compare(b, a)).toBe(sign === 0 ? 0 : -sign);
  });

  it.each(['', '1.2.x', 'one', '1.2.0-foo.1', '1..2', '1.2+', `1.${'9'.repeat(40)}`])(
    '%j is no version',
    (text) => {
      expect(versions.isValid(text)).toBe(false);
    },
  );

  it.each([
    ['1.3.0', false],
    ['1.3.0.post1', false],
    ['1.3.0rc1', true],
    ['1.3.0.dev4', true],
  ])('%s is a prerelease: %s', (version, expected) => {
    expect(versions.isPrerelease(version)).toBe(expected);
  });
});

describe('spelling', () => {
  it.each([
    ['1.3.0', '1.3.0'],
    ['1.3.0-rc.1', '1.3.0rc1'],
    ['1.3.0-alpha.2', '1.3.0a2'],
    ['1.3.0-beta.3', '1.3.0b3'],
    ['1.3.0-dev.4', '1.3.0.dev4'],
  ])('%s is %s', (canonical, native) => {
    expect(valueOf(versions.toNative(canonical))).toBe(native);
    expect(valueOf(versions.toCanonical(native))).toBe(canonical);
  });

  it.each([
    ['1.3', 'FORGE-V001'],
    ['1.3.0-rc', 'FORGE-V002'],
    ['1.3.0-next.1', 'FORGE-V002'],
    ['1.3.0-0', 'FORGE-V002'],
    ['1.3.0+build', 'FORGE-V002'],
  ])('refuses the SemVer version %s', (canonical, code) => {
    expect(valueOf(versions.toNative(canonical))).toBe(code);
  });

  it.each([
    ['1.3', '1.3.0'],
    ['2', '2.0.0'],
    ['1.3.0-rc.1', '1.3.0-rc.1'],
    ['0.1.8.2', 'FORGE-V002'],
    ['1.3.0.post1', 'FORGE-V002'],
    ['1!1.3.0', 'FORGE-V002'],
    ['1.3.0a1.dev2', 'FORGE-V002'],
    ['x', 'FORGE-V001'],
  ])('%s is %s in SemVer', (native, canonical) => {
    expect(valueOf(versions.toCanonical(native))).toBe(canonical);
  });
});

describe('bump', () => {
  it.each([
    ['1.2.3', 'patch', '', '1.2.4'],
    ['1.2.3', 'minor', '', '1.3.0'],
    ['1.2.3', 'major', '', '2.0.0'],
    ['1.2', 'minor', '', '1.3'],
    ['1.2', 'patch', '', '1.2.1'],
    ['0.1.8.2', 'patch', '', '0.1.9.0'],
    ['1!1.2.3', 'minor', '', '1!1.3.0'],
    ['1.2.3.post1', 'patch', '', '1.2.4'],
    ['1.3.0rc1', 'patch', '', '1.3.0'],
    ['1.3.0rc1', 'minor', '', '1.3.0'],
    ['1.3.0rc1', 'major', '', '2.0.0'],
    ['2.0.0.dev1', 'major', '', '2.0.0'],
    ['1.3.1rc1', 'minor', '', '1.4.0'],
    ['1.2.3', 'premajor', 'alpha', '2.0.0a0'],
    ['1.2.3', 'preminor', 'beta', '1.3.0b0'],
    ['1.2.3', 'prepatch', 'rc', '1.2.4rc0'],
    ['1.2.4rc0', 'prepatch', 'rc', '1.2.5rc0'],
    ['1.2.3', 'prerelease', 'dev', '1.2.4.dev0'],
    ['1.2.4rc0', 'prerelease', 'rc', '1.2.4rc1'],
    ['1.2.4rc0', 'prerelease', '', '1.2.4rc1'],
    ['1.2.4a3', 'prerelease', 'beta', '1.2.4b0'],
    ['1.2.4.dev3', 'prerelease', '', '1.2.4.dev4'],
    ['1.2.4a1.dev3', 'prerelease', '', '1.2.4a1.dev4'],
    ['1.2.4a1.dev3', 'prerelease', 'alpha', '1.2.4a1'],
    ['1.2.4a1.dev3', 'prerelease', 'rc', '1.2.4rc0'],
    ['1.2.4.dev3', 'prerelease', 'rc', '1.2.4rc0'],
    ['1.2.4rc0.post1', 'prerelease', '', '1.2.4rc1'],
    ['1.2.3.post1.dev2', 'prerelease', '', '1.2.3.post1.dev3'],
    ['1.2.3.post1.dev2', 'patch', '', '1.2.4'],
    ['1.2.3+ubuntu1', 'patch', '', '1.2.4'],
    ['v1.2-1', 'minor', '', '1.3'],
    ['1.2.4rc0', 'prerelease', 'beta', 'FORGE-V005'],
    ['1.2.4b2', 'prerelease', 'dev', 'FORGE-V005'],
    ['1.2.3', 'prerelease', '', 'FORGE-V002'],
    ['1.2.3', 'prerelease', 'next', 'FORGE-V002'],
    ['x', 'patch', '', 'FORGE-V001'],
  ] as const)('%s by %s %s is %s', (version, type, preid, expected) => {
    expect(valueOf(versions.bump(version, type, preid))).toBe(expected);
  });

  it('never goes down, whatever the type and the identifier', () => {
    const releases = ['1.2.3', '1.2', '0.0.0', '1.2.3.4', '1!1.2.3'];
    const suffixes = ['', 'a1', 'b0', 'rc2', '.dev3', 'a1.dev3', '.post1', '.post1.dev2'];
    const locals = ['', '+x.1'];
    for (const native of releases.flatMap((release) =>
      suffixes.flatMap((suffix) => locals.map((local) => `${release}${suffix}${local}`)),
    ))
      for (const type of bumpTypes)
        for (const preid of ['', 'dev', 'alpha', 'beta', 'rc']) {
          const next = versions.bump(native, type, preid);
          const shown = [native, type, preid, next.ok && next.value];
          if (next.ok)
            expect([...shown, versions.compare(next.value, native)]).toEqual([...shown, 1]);
          else expect(next.problems[0]?.code).toMatch(/V002|V005/);
        }
  });
});
