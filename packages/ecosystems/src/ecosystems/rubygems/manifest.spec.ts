import { changeManifest } from '../../edit';
import type { ManifestChange, Reader, Source } from '../../model';
import { decodeSource } from '../../text';
import { rubygems } from '.';

type Files = Readonly<Record<string, string | Uint8Array>>;

function sourceOf(file: string, content: string | Uint8Array): Source {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const source = decodeSource(file, bytes, rubygems);
  if (!source.ok) throw source.problems[0];
  return source.value;
}

function readerOf(files: Files): Reader {
  const memos = new Map<string, unknown>();
  return {
    read: (file) => (files[file] === undefined ? undefined : sourceOf(file, files[file])),
    list: (directory) =>
      Object.keys(files).flatMap((file) => {
        const name = directory === '.' ? file : file.slice(directory.length + 1);
        const inside = directory === '.' || file.startsWith(`${directory}/`);
        return inside && !name.includes('/') ? [name] : [];
      }),
    memo: <T>(key: string, compute: () => T): T => {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

const file = 'gems/acme/acme.gemspec';

function gemspec(...lines: string[]): string {
  return `Gem::Specification.new do |s|\n  s.name = "acme"\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
}

function read(files: Files | string): ReturnType<typeof rubygems.format.read> {
  const all = typeof files === 'string' ? { [file]: files } : files;
  return rubygems.format.read(sourceOf(file, all[file] ?? ''), readerOf(all));
}

function manifestOf(
  files: Files | string,
): NonNullable<Extract<ReturnType<typeof read>, { ok: true }>['value']> {
  const result = read(files);
  if (!result.ok) throw result.problems[0];
  if (!result.value) throw new Error('no manifest');
  return result.value;
}

/** The changed files as text, or the rendered problems. */
function change(files: Files | string, asked: ManifestChange): Record<string, string> | string {
  const all = typeof files === 'string' ? { [file]: files } : files;
  const source = sourceOf(file, all[file] ?? '');
  const changed = changeManifest(rubygems, source, asked, readerOf(all));
  if (!changed.ok) return changed.problems.map((problem) => problem.render()).join('\n');
  return Object.fromEntries(
    [...changed.value.files].map(([path, bytes]) => [
      path,
      Buffer.from(bytes).toString(source.encoding),
    ]),
  );
}

const core13: ManifestChange = {
  requirements: [{ name: 'core', version: '1.3.0', policy: 'always' }],
};

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

  it('shows where a syntax error stands', () => {
    const result = read('Gem::Specification.new do |s|\n  s.name = = 1\nend\n');
    expect(result.ok ? undefined : result.problems[0]?.where).toMatchObject({
      file,
      line: 2,
      column: 10,
    });
  });
});

describe('where a version comes from', () => {
  it.each<[string, string, Files, string]>([
    [
      'a constant by require_relative',
      's.version = Acme::VERSION',
      { 'gems/acme/lib/acme/version.rb': 'module Acme\n  VERSION = "1.2.0".freeze\nend\n' },
      "require_relative 'lib/acme/version'",
    ],
    [
      'a constant on the load path',
      's.version = Acme::VERSION',
      { 'gems/acme/lib/acme/version.rb': 'module Acme\n  VERSION = "1.2.0"\nend\n' },
      '$:.push File.expand_path("../lib", __FILE__)\nrequire "json"\nrequire "acme/version"',
    ],
    [
      'a constant by File.expand_path',
      's.version = Acme::VERSION.dup',
      { 'gems/acme/lib/acme/version.rb': 'class Acme\n  VERSION = "1.2.0"\nend\n' },
      'require File.expand_path("../lib/acme/version", __FILE__)',
    ],
    [
      'a file required by the required file',
      's.version = Acme::VERSION',
      {
        'gems/acme/lib/acme.rb': 'require "acme/version"\n',
        'gems/acme/lib/acme/version.rb': 'module Acme; VERSION = "1.2.0"; end',
      },
      'require_relative "lib/acme"',
    ],
    [
      'a method',
      's.version = Acme.gem_version',
      {
        'gems/acme/lib/acme.rb':
          'module Acme\n  V = "1.2.0"\n  def self.gem_version\n    Gem::Version.new V\n  end\nend\n',
      },
      'require_relative "lib/acme"',
    ],
    [
      'a file',
      's.version = File.read(File.expand_path("../../VERSION", __dir__)).strip',
      { VERSION: '\n1.2.0\n' },
      '',
    ],
    ['a local variable', 's.version = version', {}, 'version = ENV["V"] || "1.2.0"'],
    ['an interpolation', 's.version = "#{version}"', {}, 'version = ENV.fetch("V", "1.2.0")'],
  ])('follows %s', (_, line, others, head) => {
    const text = `${head}\n${gemspec(line)}`;
    const files = { [file]: text, ...others };
    expect(manifestOf(files).version.value).toBe('1.2.0');
    const changed = change(files, { version: '1.3.0.rc1' });
    const [[path, after]] = Object.entries(changed) as [[string, string]];
    expect(after).toBe(String((files as Files)[path]).replace('1.2.0', '1.3.0.rc1'));
  });

  const parts = (pre: string): string =>
    `class Acme\n  module VERSION\n    MAJOR = 1\n    MINOR = 2\n    TINY = 0\n    PRE = ${pre}\n    STRING = [MAJOR, MINOR, TINY, PRE].compact.join(".")\n  end\nend\n`;

  it.each([
    ['nil', '1.2.0', '1.3.0.rc1', '"rc1"', 3],
    ['nil', '1.2.0', '1.3.0', 'nil', 3],
    ['"rc1"', '1.2.0.rc1', '1.2.0', 'nil', 2],
    ['nil', '1.2.0', '1.2.0.4', '"4"', 2],
  ])('edits MAJOR, MINOR, TINY and PRE = %s', (pre, before, version, after, minor) => {
    const files = {
      [file]: `require_relative "v"\n${gemspec('s.version = Acme::VERSION::STRING')}`,
      'gems/acme/v.rb': parts(pre),
    };
    expect(manifestOf(files).version.value).toBe(before);
    expect(change(files, { version })).toEqual({
      'gems/acme/v.rb': parts(after).replace('MINOR = 2', `MINOR = ${minor}`),
    });
  });

  it.each([
    ['1.0', 'is a number'],
    ['File.read("Cargo.toml")[/version = "(.*)"/, 1]', 'is computed'],
    ['"0.1.0+#{`git rev-parse HEAD`}"', 'is computed'],
  ])('refuses to edit %s', (expression, why) => {
    const text = gemspec(`s.version = ${expression}`);
    expect(manifestOf(text).version).toMatchObject({
      value: null,
      fixed: expect.stringContaining(why),
    });
    expect(change(text, { version: '1.3.0' })).toContain('FORGE-M007');
  });

  it('leaves everything else that looks like a version', () => {
    const text = gemspec(
      '# s.version = "1.2.0"',
      's.authors = ["Jörg"]',
      's.version = "1.2.0"',
      's.version = "1.2.0.pre" if ENV["PRE"]',
      's.rubygems_version = "1.2.0"',
      's.required_ruby_version = ">= 3.1"',
      's.metadata["core"] = "1.2.0"',
      's.description = <<~TEXT',
      '  s.version = "1.2.0"',
      'TEXT',
    );
    const after = text.replace('\n  s.version = "1.2.0"\n', '\n  s.version = "1.3.0"\n');
    expect(change(text, { version: '1.3.0' })).toEqual({ [file]: after });
  });

  it('keeps CRLF, the byte order mark and bytes that are not UTF-8', () => {
    const text = gemspec('s.authors = ["J\u00f6rg"]', 's.version = "1.2.0"').replaceAll(
      '\n',
      '\r\n',
    );
    const after = text.replace('1.2.0', '1.3.0');
    expect(change(`\ufeff${text}`, { version: '1.3.0' })).toEqual({ [file]: `\ufeff${after}` });
    const latin1 = { [file]: Buffer.from(text, 'latin1') };
    expect(change(latin1, { version: '1.3.0' })).toEqual({ [file]: after });
  });

  it('edits nothing when the version is there already', () => {
    expect(change(gemspec('s.version = "1.2.0"'), { version: '1.2.0' })).toEqual({});
  });
});

describe('requirements', () => {
  it.each([
    [
      'the string that fails only',
      's.add_dependency "core", "~> 1.2", "< 3"',
      's.add_dependency "core", "~> 1.3", "< 3"',
    ],
    [
      'strings in a list',
      's.add_runtime_dependency(%q<core>.freeze, [">= 1.2"])',
      's.add_runtime_dependency(%q<core>.freeze, [">= 1.3"])',
    ],
    [
      'a local variable',
      'req = "~> 1.2"; s.add_dependency "core", req',
      'req = "~> 1.3"; s.add_dependency "core", req',
    ],
    ['none', 's.add_development_dependency "core"', 's.add_development_dependency "core"'],
    [
      'both branches',
      'if RUBY_PLATFORM == "java" then s.add_dependency "core", "= 1.2.0" else s.add_dependency "core", "1.2.0" end',
      'if RUBY_PLATFORM == "java" then s.add_dependency "core", "= 1.3.0" else s.add_dependency "core", "1.3.0" end',
    ],
  ])('edits %s', (_, before, after) => {
    const text = gemspec('s.version = "1.2.0"', before);
    expect(change(text, core13)).toEqual(
      before === after ? {} : { [file]: text.replace(before, after) },
    );
  });

  it('lets a requirement on the own version follow', () => {
    const text = gemspec(
      's.version = "1.2.0"',
      's.add_dependency "core", s.version',
      's.add_dependency "plug", "~> #{s.version}"',
    );
    expect(manifestOf(text).dependencies).toMatchObject([
      { requirement: '1.2.0', fixed: 'it is the own version' },
      { requirement: '~> 1.2.0', fixed: 'it is computed' },
    ]);
    const asked: ManifestChange = { version: '1.3.0', requirements: core13.requirements ?? [] };
    expect(change(text, asked)).toEqual({ [file]: text.replace('"1.2.0"', '"1.3.0"') });
    expect(change(text, { version: '1.3.0' })).toEqual(change(text, asked));
    expect(change(text, core13)).toContain('FORGE-M008');
  });

  it('reads a loop and refuses to edit in it', () => {
    const text = gemspec('s.version = "1"', '%w[a core].each { |d| s.add_dependency d, "~> 1.2" }');
    expect(manifestOf(text).dependencies.map(({ name }) => name)).toEqual(['a', 'core']);
    expect(change(text, core13)).toContain('FORGE-M008');
  });
});
