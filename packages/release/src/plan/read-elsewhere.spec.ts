import { problemsError } from '@forge/ecosystems';
import { loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { createReleasePlanner, type ReleasePlanner } from './release-planner';

/** A gem whose version is that of the crate beside it, and one that needs it in lock-step. */
const files = {
  'native/Cargo.toml': '[package]\nname = "lumen-native"\nversion = "1.2.0"\n',
  'gem/lumen.gemspec': `Gem::Specification.new do |s|
  s.name = "lumen"
  s.version = File.read("../native/Cargo.toml")[/^version = "(.*)"/, 1]
end
`,
  'tool/tool.gemspec': `Gem::Specification.new do |s|
  s.name = "tool"
  s.version = "0.4.0"
  s.add_dependency "lumen", "~> 1.2"
end
`,
  Gemfile: 'gem "lumen", path: "gem"\ngem "tool", path: "tool"\n',
  'Gemfile.lock': `PATH
  remote: gem
  specs:
    lumen (1.2.0)

PATH
  remote: tool
  specs:
    tool (0.4.0)
      lumen (~> 1.2)

DEPENDENCIES
  lumen!
  tool!
`,
};

function plannerWith(
  versions: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
): ReleasePlanner {
  const all = { ...files, ...own };
  const planner = createReleasePlanner(loadFiles(all), memoryReader(all));
  for (const [project, version] of Object.entries(versions))
    planner.setVersion(project, version, { kind: 'asked', text: 'somebody asked' });
  return planner;
}

function textsOf(planner: ReleasePlanner): Record<string, string> {
  const release = planner.settle();
  if (!release.ok) throw problemsError(release.problems);
  const changed = [...release.value.files].map(([file, bytes]) => [file, String(bytes)] as const);
  return Object.fromEntries(changed);
}

function refusals(planner: ReleasePlanner): string[] {
  const release = planner.settle();
  return release.ok ? [] : release.problems.map(({ code, what }) => `${code} ${what}`);
}

describe("a gem that reads its version out of a crate's manifest", () => {
  it.each([
    ['both', { lumen: '2.0.0', 'lumen-native': '2.0.0' }],
    ['the crate', { 'lumen-native': '2.0.0' }],
    ['the gem', { lumen: '2.0.0' }],
    [
      'both, to different versions, of which the higher wins',
      { lumen: '1.3.0', 'lumen-native': '2.0.0' },
    ],
  ])('has the version of the crate when a release names %s', (_, versions) => {
    const changed = textsOf(plannerWith(versions));
    expect(Object.keys(changed).sort()).toEqual([
      'Gemfile.lock',
      'native/Cargo.toml',
      'tool/tool.gemspec',
    ]);
    expect(changed['native/Cargo.toml']).toContain('version = "2.0.0"');
    expect(changed['tool/tool.gemspec']).toContain('add_dependency "lumen", "~> 2.0"');
    expect(changed['Gemfile.lock']).toContain('    lumen (2.0.0)\n');
    expect(changed['Gemfile.lock']).toContain('      lumen (~> 2.0)\n');
  });

  it('tells whoever versions the gem what it gets at least', () => {
    const planner = plannerWith({ 'lumen-native': '2.0.0' });
    const gem = planner.model.packages.find(({ manifest }) => manifest.name === 'lumen');
    expect(gem && planner.floorOf(gem)).toBe('2.0.0');
  });

  it('is refused where the text of the crate is another version for RubyGems (FORGE-M024)', () => {
    expect(refusals(plannerWith({ 'lumen-native': '2.0.0-rc.1' }))).toEqual([
      'FORGE-M024 the version in `gem/lumen.gemspec` cannot be set to `2.0.0.rc1`: it is read from `native/Cargo.toml`',
    ]);
  });

  it('is refused where nobody owns what it reads (FORGE-M024)', () => {
    const own = { 'native/Cargo.toml': '[workspace.metadata.x]\nversion = "1.2.0"\n' };
    expect(refusals(plannerWith({ lumen: '1.3.0' }, own))).toEqual([
      'FORGE-M024 the version in `gem/lumen.gemspec` cannot be set to `1.3.0`: it is read from `native/Cargo.toml`',
    ]);
  });
});
