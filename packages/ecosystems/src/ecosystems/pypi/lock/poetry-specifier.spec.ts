import { poetryExact, poetrySpecifier } from './poetry-specifier';

/** Extras of a package at `path` as `poetry lock` 2.5.1 wrote them. */
it.each([
  ['>= 1.0 , <2', '>=1.0,<2'],
  ['<2,>=1', '>=1,<2'],
  ['>1.0,<=1.2.0', '>1.0,<=1.2.0'],
  ['~= 1.2', '>=1.2,<2.0'],
  ['~=1.2.0', '>=1.2.0,<1.3.0'],
  ['~=1.2.0rc1', '>=1.2.0rc1,<1.3.0'],
  ['^1.2', '>=1.2,<2.0'],
  ['==1.2.0', '==1.2.0'],
  ['==1.*', '==1.*'],
  ['!=1.1,>=1.0.dev1,<2.0.0', '>=1.0.dev1,!=1.1,<2.0.0'],
])('%s is written as %s', (requirement, written) => {
  expect(poetrySpecifier(requirement)).toBe(written);
});

it.each(['>=1,>=1.2', '==1.2,>=1', '^1.0 || ^2.0', '*', '1.2', '~=1.2.0.1', '!=1.*', 'x'])(
  '%s is left to Poetry',
  (requirement) => expect(poetrySpecifier(requirement)).toBeUndefined(),
);

it('knows the version alone that stands for one version', () => {
  expect(['==1.2.0', '== 1.2.0', '==1.2.*', '>=1.2'].map(poetryExact)).toEqual([
    '1.2.0',
    '1.2.0',
    undefined,
    undefined,
  ]);
});
