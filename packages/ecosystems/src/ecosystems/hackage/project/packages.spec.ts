import { sourceOf } from '../../../testing';
import { parseLayout } from '../cabal-file/layout';
import { packagePatterns } from './packages';

/** Which of them `cabal build all --dry-run` (3.4.1) builds, with a package in each directory. */
const manifests = ['a.cabal', 'core/core.cabal', 'libs/one/one.cabal', 'libs/two/two.cabal'];

function held(project: string): string[] {
  const source = sourceOf('cabal.project', project);
  const elements = parseLayout(source);
  if (!elements.ok) throw elements.problems[0];
  return manifests.filter(packagePatterns(source, elements.value));
}

it.each([
  ['', []],
  ['tests: True\n', []],
  ['packages: .\n', ['a.cabal']],
  ['packages: ./*.cabal, core\n', ['a.cabal', 'core/core.cabal']],
  ['packages:\n  ./core/\n  libs/one/one.cabal\n', ['core/core.cabal', 'libs/one/one.cabal']],
  ['packages: */*.cabal\n', ['core/core.cabal']],
  ['packages: libs/*\n', ['libs/one/one.cabal', 'libs/two/two.cabal']],
  ['packages: libs/t*o/\n', ['libs/two/two.cabal']],
  ['packages: libs/{one,two}/*.cabal\n', ['libs/one/one.cabal', 'libs/two/two.cabal']],
  ['packages: core\noptional-packages: libs/*/*.cabal\n', manifests.slice(1)],
  ['packages: core\npackages: libs/one\n', ['core/core.cabal', 'libs/one/one.cabal']],
  ['packages: other, https://forge.example/core-1.0.tar.gz\n', []],
])('%j holds %j', (project, expected) => expect(held(project)).toEqual(expected));

it('takes no time for patterns of nothing but stars and choices', () => {
  const started = process.cpuUsage();
  held(`packages: ${'*a'.repeat(10_000)} ${'{a,b}'.repeat(1_000)}\n`);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
});
