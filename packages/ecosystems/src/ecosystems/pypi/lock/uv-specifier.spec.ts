import { uvSpecifier } from './uv-specifier';

/** As uv 0.13.8 wrote them into a lock file. */
it.each([
  [' <2, >=1.2', '>=1.2,<2'],
  ['~= 1.2', '~=1.2'],
  ['==1.*', '==1.*'],
  ['===1.2.5', '===1.2.5'],
  ['>=v1.2', '>=1.2'],
  ['>=1.2.0-rc.1', '>=1.2.0rc1'],
  ['!=1.3,>=1.2,<2,!=1.4', '>=1.2,!=1.3,!=1.4,<2'],
  ['>1.2-1', '>1.2.post1'],
  ['>=01.2', '>=1.2'],
  ['>=1!1.2', '>=1!1.2'],
  ['>=1.2.0.0,>=1.0', '>=1.0,>=1.2.0.0'],
])('%j is locked as %j', (written, locked) => {
  expect(uvSpecifier(written)).toBe(locked);
});

it.each(['^1.2 || ^2', 'latest'])('%j is none', (text) => {
  expect(uvSpecifier(text)).toBeUndefined();
});
