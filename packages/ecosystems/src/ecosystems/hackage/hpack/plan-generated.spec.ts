import { changeManifest } from '../../../edit';
import type { ManifestChange } from '../../../model';
import { readerOf, sourceOf } from '../../../testing';
import { hackage } from '..';

const title = '-- This file has been generated from package.yaml by hpack version 0.34.7.\n';
const generated = `${title}\nname: app\nversion: 1.2.0\n\nlibrary\n  build-depends: core ==1.2.*\n`;
const core: ManifestChange = {
  requirements: [{ name: 'core', version: '1.3.0', policy: 'violated' }],
};

/** The whole text of each problem. */
function problems(template: string, change: ManifestChange): string[] {
  const files = { 'app.cabal': generated, 'package.yaml': template };
  const changed = changeManifest(
    hackage,
    sourceOf('app.cabal', generated),
    change,
    readerOf(files),
  );
  return changed.ok ? [] : changed.problems.map((problem) => problem.render());
}

describe('a generated file that its template contradicts', () => {
  it.each([
    ['version: 1.1.0\n', 'has the version `1.1.0`, and `app.cabal` says `1.2.0`'],
    ['name: app\n', 'has the version `that hpack assumes`'],
  ])('in its version is left alone: %j', (template, reason) => {
    const [problem] = problems(template, { version: '1.3.0' });
    expect(problem).toMatch(/^FORGE-M022 /);
    expect(problem).toContain(reason);
    expect(problem).toContain('--> app.cabal:4:10');
  });

  it.each([
    ['version: 1.2.0\n', 'asks for `core ==1.2.*` nowhere'],
    ['version: 1.2.0\ndependencies: core == 1.1.*\n', 'asks for `core ==1.2.*` nowhere'],
    [
      'version: 1.2.0\ndependencies: core == 1.2.*\ntests: { a: { dependencies: core >= 1.2 && < 1.3 } }\n',
      'asks for `core ==1.2.*` in ways that part now',
    ],
  ])('in a requirement is left alone: %j', (template, reason) => {
    const [problem] = problems(template, core);
    expect(problem).toMatch(/^FORGE-M022 /);
    expect(problem).toContain(reason);
    expect(problem).toContain('--> app.cabal:7:23');
  });
});

it.each([
  ['dependencies: "core == 1.\\x32.*"\n', 'FORGE-M008'],
  ['dependencies:\n- core == 1.2.*\n- core > 1.3.0\n', 'FORGE-V004'],
  ['dependencies: [core == 1.2.*\n', 'FORGE-M002'],
])('a template that cannot be edited is told with its place: %j', (template, code) => {
  const [problem] = problems(`version: 1.2.0\n${template}`, core);
  expect(problem).toContain(code);
  expect(problem).toContain('--> package.yaml:');
});
