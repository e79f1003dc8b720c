import { file, gemspec, manifestOf, read } from './testing/workspace';

describe('reading a gemspec', () => {
  it('reads name, version and dependencies', () => {
    expect(
      manifestOf(
        gemspec(
          's.version = "1.2.0"',
          's.add_dependency "core", "~> 1.2", ">= 1.2.3"',
          's.add_runtime_dependency(%q<plug>.freeze, [">= 1.2"])',
          's.add_development_dependency "rake"',
        ),
      ),
    ).toEqual({
      ecosystem: 'rubygems',
      file,
      name: 'acme',
      version: { value: '1.2.0', file, via: 'version' },
      dependencies: [
        {
          name: 'core',
          kind: 'runtime',
          section: 'add_dependency',
          requirement: '~> 1.2, >= 1.2.3',
        },
        { name: 'plug', kind: 'runtime', section: 'add_runtime_dependency', requirement: '>= 1.2' },
        { name: 'rake', kind: 'dev', section: 'add_development_dependency', requirement: null },
      ],
      embeds: [],
      inputs: [],
    });
  });

  it('takes the directories of local gems from the Gemfile beside it', () => {
    const { dependencies, inputs } = manifestOf({
      [file]: gemspec('s.version = "1.2.0"', 's.add_dependency "core"', 's.add_dependency "plug"'),
      'gems/acme/Gemfile':
        'gemspec\ngem "core", path: "../core"\npath "../more" do\n  gem "plug"\nend\n',
    });
    expect(dependencies.map(({ path }) => path)).toEqual(['gems/core', 'gems/more/plug']);
    expect(inputs).toEqual(['gems/acme/Gemfile']);
  });

  it('finds the crates that its extensions build', () => {
    const { embeds } = manifestOf({
      [file]: gemspec(
        's.version = "1"',
        's.extensions = %w[ext/a/extconf.rb ext/b/Cargo.toml ext/c/extconf.rb]',
      ),
      'gems/acme/ext/a/Cargo.toml': '',
      'gems/acme/ext/b/Cargo.toml': '',
      'gems/acme/ext/c/c.c': '',
    });
    expect(embeds).toEqual([
      { manifest: 'gems/acme/ext/a/Cargo.toml', via: 'extensions', ships: 'source' },
      { manifest: 'gems/acme/ext/b/Cargo.toml', via: 'extensions', ships: 'source' },
    ]);
  });

  it.each([
    ['"https://gems.acme.dev"', { registry: 'https://gems.acme.dev' }],
    [
      '"TODO: Set to \'http://mygemserver.com\'"',
      { private: expect.stringContaining('allowed_push_host') },
    ],
    ['""', { private: expect.stringContaining('allowed_push_host') }],
    ['ENV["HOST"]', {}],
  ])('understands allowed_push_host %s', (host, expected) => {
    const { private: kept, registry } = manifestOf(
      gemspec('s.version = "1"', `s.metadata["allowed_push_host"] = ${host}`),
    );
    expect({ ...(kept ? { private: kept } : {}), ...(registry ? { registry } : {}) }).toEqual(
      expected,
    );
  });

  it.each([
    ['an empty file', '', 'FORGE-M001'],
    ['a truncated file', 'Gem::Specification.new do |s|\n  s.name = "a', 'FORGE-M002'],
    ['no specification', 'puts 1\n', 'FORGE-M004'],
    ['no name', 'Gem::Specification.new do |s|\n  s.version = "1"\nend\n', 'FORGE-M004'],
    ['no version', gemspec(), 'FORGE-M005'],
    ['a version that is none', gemspec('s.version = "one"'), 'FORGE-M006'],
  ])('reports %s', (_, text, code) => {
    const result = read(text);
    expect(result.ok ? [] : result.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it.each([
    ['brackets', '['.repeat(50_000)],
    ['operators', `a = 1${' + 1'.repeat(50_000)}`],
    ['comments', '# once more\n'.repeat(50_000)],
  ])('survives endless %s, and reads on', (_, code) => {
    const result = read(gemspec('s.version = "1"', code));
    expect(result.ok ? [] : result.problems.map((problem) => problem.code)).toEqual(['FORGE-M002']);
    expect(manifestOf(gemspec('s.version = "1"')).name).toBe('acme');
  });

  it('shows where a syntax error stands', () => {
    const result = read('Gem::Specification.new do |s|\n  s.name = = 1\nend\n');
    expect(result.ok ? undefined : result.problems[0]?.where).toMatchObject({
      file,
      line: 2,
      column: 10,
    });
  });
});
