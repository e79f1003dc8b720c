import { ecosystems } from '@forge/ecosystems';
import { projectNodes } from './project-nodes';
import { loadFiles, type Files } from './testing/memory-workspace';

const targets = { package: 'package', publish: 'publish', version: 'version', check: 'check' };

/** One sound manifest per ecosystem, and cuts and slips that its own tool refuses. */
const manifests: Readonly<
  Record<string, { file: string; sound: string; broken: readonly string[] }>
> = {
  cargo: {
    file: 'Cargo.toml',
    sound: '[package]\nname = "a"\nversion = "1.0.0"\n',
    broken: [
      '[package\n',
      '[package]\nname = "a',
      '[package]\nversion = "1.0.0"\n',
      '[package]\nname = "a"\nversion = "one"\n',
    ],
  },
  npm: {
    file: 'package.json',
    sound: '{"name":"a","version":"1.0.0"}',
    broken: [
      '{',
      '{"name":"a","version":"1.0.0"',
      '{"name":"a" "version":"1.0.0"}',
      '{"name":"a","version":"1.0.0","dependencies":[1]}',
    ],
  },
  pypi: {
    file: 'pyproject.toml',
    sound: '[project]\nname = "a"\nversion = "1.0.0"\n',
    broken: [
      '[project\n',
      '[project]\nname = "a',
      '[project]\nversion = "1.0.0"\n',
      '[project]\nname = "a"\nversion = 1\n',
    ],
  },
  hex: {
    file: 'mix.exs',
    sound:
      'defmodule A.MixProject do\n  use Mix.Project\n\n  def project do\n    [app: :a, version: "1.0.0", deps: []]\n  end\nend\n',
    broken: [
      'defmodule A.MixProject do\n  use Mix.Project\n',
      'defmodule A.MixProject do\n  def project do\n    [app: :a,',
      'defmodule A.MixProject do\n  use Mix.Project\n  def project do\n    [version: "1.0.0"]\n  end\nend\n',
      'defmodule A.MixProject do\n  use Mix.Project\n  def project do\n    [app: :a, version: "1.0]\n  end\nend\n',
    ],
  },
  hackage: {
    file: 'a.cabal',
    sound: 'cabal-version: 3.0\nname: a\nversion: 1.0.0\n',
    broken: [
      'name a\n',
      'cabal-version: 3.0\nname: a\n',
      'cabal-version: 3.0\nversion: 1.0.0\n',
      'cabal-version: 3.0\nname: a\nversion: one\n',
    ],
  },
  rubygems: {
    file: 'a.gemspec',
    sound: 'Gem::Specification.new do |s|\n  s.name = "a"\n  s.version = "1.0.0"\nend\n',
    broken: [
      'Gem::Specification.new do |s|\n',
      'Gem::Specification.new do |s|\n  s.name = "a\nend\n',
      'Gem::Specification.new do |s|\n  s.version = "1.0.0"\nend\n',
      'Gem::Specification.new do |s|\n  s.name = "a"\nend\n',
    ],
  },
};

const sound = Object.fromEntries(
  Object.entries(manifests).map(([id, { file, sound: text }]) => [`sound/${id}/${file}`, text]),
);

const nul = '\0\0\0\0';
const cases = ecosystems.flatMap(({ id }) =>
  [...(manifests[id]?.broken ?? []), '', nul].map((text, at) => [id, at, text] as const),
);

describe.each(cases)('%s, broken in way %i', (id, _, text) => {
  const file = `broken/${id}/${manifests[id]?.file}`;
  const load = (files: Files): ReturnType<typeof loadFiles> => loadFiles(files);
  const model = load({ ...sound, [file]: text });

  it('is named with its file and a fix', () => {
    expect(model.problems.map((problem) => problem.file)).toEqual([file]);
    const [problem] = model.problems[0]?.problems ?? [];
    expect(problem?.code).toMatch(/^FORGE-M\d{3}$/);
    expect(problem?.render()).toContain(`--> ${file}`);
    expect(problem?.fix).not.toBe('');
  });

  it('costs no other package', () => {
    expect(model.packages.map(({ manifest }) => manifest.file)).toEqual(Object.keys(sound).sort());
  });

  it('stays in the release, so that nothing is left out in silence', () => {
    const nodes = projectNodes(model, {
      targets,
      nxInferred: new Map(),
      ecosystems,
      followers: [],
    });
    const [, result] = nodes.find(([source]) => source === file) ?? [];
    const node = result?.projects?.[`broken/${id}`];
    expect(node?.tags).toContain('forge:published');
    expect(Object.keys(node?.targets ?? {})).toContain('nx-release-publish');
    expect(node?.metadata).toHaveProperty('forge.problems.0.file', file);
  });
});
