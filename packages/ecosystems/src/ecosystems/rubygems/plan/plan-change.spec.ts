import { readerOf, sourceOf, type Files } from '../../../testing';
import type { ManifestChange, Reader } from '../../../model';
import { rubygems } from '..';
import { gemspec } from '../testing/workspace';

const file = 'acme.gemspec';

function refusal(files: Files | string, change: ManifestChange): string {
  const all = typeof files === 'string' ? { [file]: files } : files;
  const planned = rubygems.format.plan(sourceOf(file, all[file] ?? ''), change, readerOf(all));
  return planned.ok ? 'no refusal' : planned.problems.map((each) => each.render()).join('\n\n');
}

const requirements = [{ name: 'core', version: '2.0.0', policy: 'violated' as const }];

describe('a refusal', () => {
  it('shows the expression that is computed, wherever it stands', () => {
    const files = {
      [file]: `require_relative "version"\n${gemspec('s.version = Acme::VERSION')}`,
      'version.rb': 'module Acme\n  VERSION = 1.2\nend\n',
    };
    expect(refusal(files, { version: '1.3.0' })).toBe(
      [
        'FORGE-M007 the version in `acme.gemspec` cannot be set to `1.3.0`: it is a number: quote it',
        '  --> version.rb:2:13',
        '   2 |   VERSION = 1.2',
        '     |             ^^^',
        'fix: write the version as a literal',
        'docs: ERRORS.md#forge-m007',
      ].join('\n'),
    );
  });

  it('tells all that is wrong, of versions and requirements alike', () => {
    const text = gemspec('s.version = 1.0', 's.add_dependency "core", "~> #{RELEASE}"');
    expect(refusal(text, { version: '1.3.0', requirements }).match(/FORGE-\w+/g)).toEqual([
      'FORGE-M007',
      'FORGE-M008',
    ]);
  });

  it.each([
    [
      'a version of another manifest',
      's.version = File.read("Cargo.toml")[/^version = "(.*)"/, 1]',
      'FORGE-M024 the version in `acme.gemspec` cannot be set to `1.3.0`: it is read from `Cargo.toml`',
    ],
    [
      'a lock-step that breaks',
      's.version = "1.2.0"; s.add_dependency "core", "= #{s.version}"',
      'FORGE-M025 the requirement on `core` in `acme.gemspec` is made of the own version and will be `= 1.3.0`, which `2.0.0` does not satisfy',
    ],
  ])('names %s', (_, line, what) => {
    const files = { [file]: gemspec(line), 'Cargo.toml': '[package]\nversion = "1.2.0"\n' };
    expect(refusal(files, { version: '1.3.0', requirements })).toContain(what);
  });

  it('names what shares a text', () => {
    const text = gemspec(
      's.version = "1"',
      '%w[plug core].each { |name| s.add_dependency name, "~> 1.2" }',
    );
    expect(refusal(text, { requirements })).toContain(
      'FORGE-M020 the text of the requirement on `core` in `acme.gemspec` is also that of `plug`, which need another one than `core 2.0.0`',
    );
  });
});

describe('what many gems share', () => {
  it('is read once per session: Gemfile, lock file, version file', () => {
    const gems = Array.from({ length: 20 }, (_, at) => `gem${at}`);
    const specs = gems.map((name) => `    ${name} (1.0.0)\n`).join('');
    const files: Record<string, string> = {
      VERSION: '1.0.0\n',
      Gemfile: gems.map((name) => `gem "${name}", "~> 1.0", path: "gems/${name}"\n`).join(''),
      'Gemfile.lock': `PATH\n  remote: gems\n  specs:\n${specs}`,
    };
    for (const name of gems)
      files[`gems/${name}/${name}.gemspec`] =
        `Gem::Specification.new do |s|\n  s.name = "${name}"\n  s.version = File.read("../../VERSION").strip\nend\n`;
    const { reader, reads } = counting(readerOf(files));
    for (const name of gems) {
      const path = `gems/${name}/${name}.gemspec`;
      const planned = rubygems.format.plan(
        sourceOf(path, files[path] ?? ''),
        { version: '2.0.0' },
        reader,
      );
      expect(planned.ok && planned.value.map(({ file: edited }) => edited)).toEqual([
        'VERSION',
        'Gemfile',
        'Gemfile.lock',
      ]);
    }
    expect(reads.get('Gemfile.lock')).toBe(1);
    // Once to look for `path`, once to parse.
    expect(reads.get('Gemfile')).toBe(2);
  });
});

function counting(inner: Reader): { reader: Reader; reads: ReadonlyMap<string, number> } {
  const reads = new Map<string, number>();
  const reader: Reader = {
    list: (directory) => inner.list(directory),
    memo: (key, compute) => inner.memo(key, compute),
    read(path) {
      reads.set(path, (reads.get(path) ?? 0) + 1);
      return inner.read(path);
    },
  };
  return { reader, reads };
}
