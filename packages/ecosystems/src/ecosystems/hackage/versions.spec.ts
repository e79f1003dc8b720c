import { versions } from './versions';

describe('versions', () => {
  it.each([
    ['1.2.3', true],
    ['1', true],
    ['0.1.8.2', true],
    ['1.02', false],
    ['1.2.', false],
    ['1.2.0-rc.1', false],
    ['1.1234567890', false],
    ['', false],
  ])('%s is valid: %s', (native, valid) => expect(versions.isValid(native)).toBe(valid));

  it.each([
    ['1.2', '1.10', -1],
    ['1.2', '1.2.0', -1],
    ['1.2.0', '1.2.0', 0],
    ['2', '1.9.9', 1],
  ])('%s against %s is %d', (a, b, sign) => expect(versions.compare(a, b)).toBe(sign));

  it.each([
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['0.1.8.2', 'patch', '0.1.9'],
    ['0.1', 'patch', '0.1.1'],
    ['0.1', 'minor', '0.2.0'],
  ] as const)('%s, %s → %s', (native, type, next) =>
    expect(versions.bump(native, type, 'rc')).toEqual({ ok: true, value: next }),
  );

  it.each([
    ['1.3.0', '1.3.0'],
    ['10.0.1', '10.0.1'],
  ])('spells %s as %s', (canonical, native) =>
    expect(versions.toNative(canonical)).toEqual({ ok: true, value: native }),
  );

  it.each([
    ['1.3.0', '1.3.0'],
    ['1.3', '1.3.0'],
  ])('reads %s as %s', (native, canonical) =>
    expect(versions.toCanonical(native)).toEqual({ ok: true, value: canonical }),
  );

  it.each([
    ['a prerelease', versions.toNative('1.3.0-rc.1'), 'FORGE-V002'],
    ['build metadata', versions.toNative('1.3.0+5'), 'FORGE-V002'],
    ['what is not SemVer', versions.toNative('1.3'), 'FORGE-V001'],
    ['four parts', versions.toCanonical('0.1.8.2'), 'FORGE-V002'],
    ['no version', versions.toCanonical('x'), 'FORGE-V001'],
    ['a prerelease bump', versions.bump('1.2.3', 'prerelease', 'rc'), 'FORGE-V002'],
    ['a bump of no version', versions.bump('x', 'patch', 'rc'), 'FORGE-V001'],
  ])('refuses %s', (_, result, code) =>
    expect(result).toMatchObject({ ok: false, problems: [{ code }] }),
  );
});
