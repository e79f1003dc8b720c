import type { ManifestChange } from '../../model';
import { change, file, gemspec, manifestOf, type Files } from './testing/workspace';

const core13: ManifestChange = {
  requirements: [{ name: 'core', version: '1.3.0', policy: 'always' }],
};

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
