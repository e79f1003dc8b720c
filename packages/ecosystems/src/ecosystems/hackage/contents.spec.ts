import { contents } from './contents';

const cabal = `cabal-version: 2.4
name: demo
version: 1.2.0
synopsis: Says hello
license: BSD-3-Clause
category: Text, Data
source-repository head
  type: git
  location: https://code.example/demo.git
library
  build-depends: base >=4 && <5, left ^>=1.2
test-suite all
  type: exitcode-stdio-1.0
  main-is: Main.hs
  build-depends: check
`;

it('describes it in neutral words', () => {
  expect(contents.describe({ cabal, encoding: 'utf8' })).toEqual({
    summary: 'Says hello',
    license: 'BSD-3-Clause',
    homepage: '',
    repository: 'https://code.example/demo.git',
    keywords: [],
    categories: ['Text', 'Data'],
    dependencies: [
      { name: 'base', requirement: '>=4 && <5', kind: 'runtime' },
      { name: 'left', requirement: '^>=1.2', kind: 'runtime' },
      { name: 'check', requirement: '', kind: 'dev' },
    ],
  });
});
