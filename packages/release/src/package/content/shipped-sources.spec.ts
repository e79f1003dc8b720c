import type { ArtifactMember } from '@forge/ecosystems';
import { loadFiles } from '../../graph/testing/memory-workspace';
import type { PackageNode } from '../../graph/model';
import { contentProblems } from './check-content';

const crate = (name: string, ...lines: readonly string[]): string =>
  ['[package]', `name = "${name}"`, 'version = "1.0.0"', ...lines, ''].join('\n');

const { packages } = loadFiles({
  'ruby/demo.gemspec':
    'Gem::Specification.new do |s|\n  s.name = "demo"\n  s.version = "1.0.0"\n  s.extensions = ["ext/demo/extconf.rb"]\nend\n',
  'ruby/ext/demo/Cargo.toml': crate(
    'demo-ext',
    '[dependencies]',
    'core = { path = "../../../core", version = "1" }',
  ),
  'core/Cargo.toml': crate('core'),
});
const nodeOf = (name: string): PackageNode =>
  packages.find(({ manifest }) => manifest.name === name) as PackageNode;

function problems(files: Readonly<Record<string, string>>) {
  const members = Object.entries(files).map(([path, content]): ArtifactMember => ({
    path,
    type: 'file',
    content: Buffer.from(content),
  }));
  const context = { node: nodeOf('demo'), shipped: [nodeOf('demo-ext')], allow: [] };
  return contentProblems({ filename: 'demo-1.0.0.gem' }, { top: '', members }, context).map(
    (problem) => problem.render(),
  );
}
const manifest = 'ext/demo/Cargo.toml';

describe('a package that is shipped as source', () => {
  it('may need what is in a registry, and what is shipped with it', () => {
    expect(problems({ [manifest]: crate('demo-ext', '[dependencies]', 'core = "1"') })).toEqual([]);
    const files = {
      'lib/demo.rb': '',
      [manifest]: crate('demo-ext', '[dependencies]', 'part = { path = "part" }'),
      'ext/demo/part/Cargo.toml': crate('part'),
    };
    expect(problems(files)).toEqual([]);
  });

  it.each([
    ['by a path that leads out', 'core = { path = "../../../core", version = "1" }'],
    ['by a path to what is not shipped', 'part = { path = "part" }'],
  ])('must not need something %s (FORGE-A014)', (_, line) => {
    const [problem, ...more] = problems({
      [manifest]: crate('demo-ext', '[dependencies]', line),
      'ext/demo/extconf.rb': '',
    });
    expect(more).toEqual([]);
    expect(problem).toMatch(
      /^FORGE-A014 `demo-1\.0\.0\.gem` cannot be built outside of the repository: `(?:core|part)`, which `ext\/demo\/Cargo\.toml` needs, stands at `/,
    );
    expect(problem).toContain('--> demo-1.0.0.gem/ext/demo/Cargo.toml');
  });

  it('must not inherit from a workspace that is not there (FORGE-A014)', () => {
    const text = '[package]\nname = "demo-ext"\nversion.workspace = true\n';
    expect(problems({ [manifest]: text })).toEqual([
      expect.stringMatching(/^FORGE-A014 .*--> demo-1\.0\.0\.gem\/ext\/demo\/Cargo\.toml/s),
    ]);
  });

  it('is in the artifact, with its manifest (FORGE-A014)', () => {
    expect(problems({ 'lib/demo.rb': '', 'ext/demo/extconf.rb': '' })).toEqual([
      expect.stringContaining('`ext/demo/Cargo.toml`, of which it is built, is not in it'),
    ]);
  });

  it('keeps its version (FORGE-A004)', () => {
    const other = crate('demo-ext').replace('1.0.0', '0.9.0');
    expect(problems({ [manifest]: other })).toEqual([
      expect.stringContaining(
        'FORGE-A004 `demo-1.0.0.gem` ships `demo-ext` 0.9.0, but the manifest says 1.0.0',
      ),
    ]);
  });
});
