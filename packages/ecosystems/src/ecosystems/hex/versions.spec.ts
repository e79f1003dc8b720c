import { bumpTypes } from '../../model';
import { elixirTable } from './testing/elixir-tables';
import { isVersion } from './version-text';
import { versions } from './versions';

describe('versions, as Elixir parses and compares them', () => {
  it.each(elixirTable('parsed'))('%j: %s', (text = '', answer) => {
    expect(versions.isValid(text)).toBe(answer === 'ok');
    expect(versions.toNative(text).ok).toBe(answer === 'ok');
    expect(versions.toCanonical(text).ok).toBe(answer === 'ok');
  });

  const [[, ...others] = [], ...rows] = elixirTable('compared');

  it.each(rows)('%s', (version = '', ...signs) => {
    const found = others.map((other) => '<=>'[Math.sign(versions.compare(version, other)) + 1]);
    expect(found).toEqual(signs);
  });

  // lib/elixir/lib/version.ex of Elixir's main, `@max_numeric_component_digits 14`; 1.14 takes both.
  it.each([
    ['20240101123456.0.0', true],
    ['202401011234567.0.0', false],
    ['1.0.0-20240101123456', true],
    ['1.0.0-202401011234567', false],
    ['1.0.0-202401011234567a', true],
  ])('%s has few enough digits: %s', (text, expected) => {
    expect(isVersion(text)).toBe(expected);
  });
});

// As `semver.inc` of node-semver 7 counts; nothing in Mix or Hex bumps a version.
it.each<[string, string[]]>([
  ['1.2.3', ['2.0.0', '1.3.0', '1.2.4', '2.0.0-rc.0', '1.3.0-rc.0', '1.2.4-rc.0', '1.2.4-rc.0']],
  ['0.3.9', ['1.0.0', '0.4.0', '0.3.10', '1.0.0-rc.0', '0.4.0-rc.0', '0.3.10-rc.0', '0.3.10-rc.0']],
  [
    '1.3.0-rc.1',
    ['2.0.0', '1.3.0', '1.3.0', '2.0.0-rc.0', '1.4.0-rc.0', '1.3.1-rc.0', '1.3.0-rc.2'],
  ],
  [
    '2.0.0-beta.4',
    ['2.0.0', '2.0.0', '2.0.0', '3.0.0-rc.0', '2.1.0-rc.0', '2.0.1-rc.0', '2.0.0-rc.0'],
  ],
  ['1.2.3+7', ['2.0.0', '1.3.0', '1.2.4', '2.0.0-rc.0', '1.3.0-rc.0', '1.2.4-rc.0', '1.2.4-rc.0']],
])('%s goes to %j', (version, expected) => {
  const found = bumpTypes.map((type) => versions.bump(version, type, 'rc'));
  expect(found.map((each) => (each.ok ? each.value : each.problems))).toEqual(expected);
});

it.each([
  ['v1.2.3', 'minor', 'rc', 'FORGE-V001'],
  ['1.2', 'minor', 'rc', 'FORGE-V001'],
  ['1.3.0-rc.1', 'prerelease', 'beta', 'FORGE-V005'],
  ['1.3.0', 'prerelease', 'rc_1', 'FORGE-V002'],
  ['99999999999999.0.0', 'major', '', 'FORGE-V002'],
] as const)('%s has no %s version with %j: %s', (version, type, preid, code) => {
  expect(versions.bump(version, type, preid)).toMatchObject({ ok: false, problems: [{ code }] });
});

it('counts on without an identifier', () => {
  expect(versions.bump('1.2.3', 'prerelease', '')).toEqual({ ok: true, value: '1.2.4-0' });
});

it('spells a version as SemVer does', () => {
  expect(versions.toNative('1.3.0-rc.1+b')).toEqual({ ok: true, value: '1.3.0-rc.1+b' });
  expect(versions.toNative('1.2')).toMatchObject({ problems: [{ code: 'FORGE-V001' }] });
  expect(versions.isPrerelease('1.3.0-rc.1')).toBe(true);
  expect(versions.isPrerelease('1.3.0+rc-1')).toBe(false);
});
