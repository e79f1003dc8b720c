import { bumpTypes } from '../../model';
import { versions } from './versions';

it.each<[string, string[]]>([
  ['1.2.3', ['2.0.0', '1.3.0', '1.2.4', '2.0.0-rc.0', '1.3.0-rc.0', '1.2.4-rc.0', '1.2.4-rc.0']],
  [
    '1.3.0-rc.1',
    ['2.0.0', '1.3.0', '1.3.0', '2.0.0-rc.0', '1.4.0-rc.0', '1.3.1-rc.0', '1.3.0-rc.2'],
  ],
])('%s goes to %j', (version, expected) => {
  const found = bumpTypes.map((type) => versions.bump(version, type, 'rc'));
  expect(found.map((each) => (each.ok ? each.value : each.problems))).toEqual(expected);
});

it.each(['v1.2.3', '=1.2.3', '1.2', '1.2.3.4', '01.2.3', '1.2.3-01', ''])(
  '`%s` is no version',
  (text) => {
    expect(versions.isValid(text)).toBe(false);
    expect(versions.toNative(text)).toMatchObject({ problems: [{ code: 'FORGE-V001' }] });
    expect(versions.bump(text, 'minor', 'rc')).toMatchObject({
      problems: [{ code: 'FORGE-V001' }],
    });
  },
);

it('spells a version as SemVer does', () => {
  expect(versions.toNative('1.3.0-rc.1+b')).toEqual({ ok: true, value: '1.3.0-rc.1+b' });
  expect(versions.isPrerelease('1.3.0-rc.1')).toBe(true);
  expect(versions.isPrerelease('1.3.0')).toBe(false);
});
