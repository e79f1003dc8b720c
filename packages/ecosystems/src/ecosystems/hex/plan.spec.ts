import { changeManifest } from '../../edit';
import type { ManifestChange } from '../../model';
import { readerOf, sourceOf, type Files } from '../../testing';
import { hex } from '.';

const file = 'app/mix.exs';

function project(version: string, deps: string, rest = ''): string {
  return `defmodule App.MixProject do
  use Mix.Project
${rest}
  def project do
    [
      app: :app,
      version: ${version},
      docs: [source_ref: "v#{@version}"],
      deps: ${deps}
    ]
  end
end
`;
}

/** Changed files as text; problems rendered. */
function change(text: string, asked: ManifestChange, others: Files = {}) {
  const done = changeManifest(
    hex,
    sourceOf(file, text),
    asked,
    readerOf({ ...others, [file]: text }),
  );
  if (!done.ok) return done.problems.map((each) => each.render()).join('\n');
  return Object.fromEntries(
    [...done.value.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  );
}

const core = (version: string, policy: 'violated' | 'always' = 'violated'): ManifestChange => ({
  requirements: [{ name: 'core', version, policy }],
});

describe('setting the version', () => {
  it.each<[string, string, string, string]>([
    ['a literal', '"1.2.0"', '"1.3.0"', ''],
    ['a literal with a comment', '"1.2.0" # keep "1.2.0"\n', '"1.3.0" # keep "1.2.0"\n', ''],
  ])('edits %s alone', (_, before, after, rest) => {
    const text = project(before, '[]', `${rest}  # version: "9.9.9"`);
    expect(change(text, { version: '1.3.0' })).toEqual({ [file]: text.replace(before, after) });
  });

  it('edits the attribute and not what is made from it', () => {
    const text = project('@version', '[]', '  @version "1.2.0"');
    expect(change(text, { version: '1.3.0-rc.1' })).toEqual({
      [file]: text.replace('1.2.0', '1.3.0-rc.1'),
    });
  });

  it('edits a version file and keeps its line end', () => {
    const text = project('File.read!("VERSION") |> String.trim()', '[]');
    expect(change(text, { version: '1.3.0' }, { 'app/VERSION': '1.2.0\r\n' })).toEqual({
      'app/VERSION': '1.3.0\r\n',
    });
  });

  it('keeps CRLF, a byte order mark and characters of several bytes', () => {
    const before = project('"1.2.0"', '[]', '  # é 🦀').replaceAll('\n', '\r\n');
    const text = `\ufeff${before}`;
    expect(change(text, { version: '1.3.0' })).toEqual({ [file]: text.replace('1.2.0', '1.3.0') });
  });

  it('does nothing where the version stands already', () => {
    expect(change(project('"1.2.0"', '[]'), { version: '1.2.0' })).toEqual({});
  });

  it('refuses what is computed, with its place', () => {
    const refused = change(project('"0.1.0+#{sha()}"', '[]'), { version: '1.3.0' });
    expect(refused).toContain('FORGE-M007 the version cannot be edited: it is put together');
    expect(refused).toContain('app/mix.exs:7:16');
  });
});

describe('setting a requirement', () => {
  it.each<[string, string]>([
    ['{:core, "~> 1.2", only: :dev}', '{:core, "~> 2.0", only: :dev}'],
    ['{:core, "~> 1.2", path: "../core"}', '{:core, "~> 2.0", path: "../core"}'],
    [
      '{:core,\n "~> 1.2", # why\n path: "../core"}',
      '{:core,\n "~> 2.0", # why\n path: "../core"}',
    ],
    ['{:my, "~> 1.2", hex: :core}', '{:my, "~> 2.0", hex: :core}'],
    ['{:core, "~> 1.2"}, {:core_extra, "~> 1.2"}', '{:core, "~> 2.0"}, {:core_extra, "~> 1.2"}'],
  ])('%s', (before, after) => {
    const text = project('"1.0.0"', `[${before}]`);
    expect(change(text, core('2.0.0'))).toEqual({ [file]: text.replace(before, after) });
  });

  it('edits the keyword form', () => {
    const text = project('"1.0.0"', '[core: "~> 1.2", other: "~> 1.2"]');
    expect(change(text, core('2.0.0'))).toEqual({
      [file]: text.replace('core: "~> 1.2"', 'core: "~> 2.0"'),
    });
  });

  it('edits a shared attribute once', () => {
    const deps = '[{:core, @req}, {:mine, @req, hex: :core}]';
    const text = project('"1.0.0"', deps, '  @req "~> 1.2"');
    expect(change(text, core('2.0.0'))).toEqual({ [file]: text.replace('~> 1.2', '~> 2.0') });
  });

  it('leaves what is satisfied, and what has no requirement', () => {
    expect(change(project('"1.0.0"', '[{:core, "~> 1.2"}]'), core('1.9.0'))).toEqual({});
    expect(change(project('"1.0.0"', '[{:core, in_umbrella: true}]'), core('2.0.0'))).toEqual({});
  });

  it.each([
    ['{:core, ~S(~> 1.2)}', 'FORGE-M008 the requirement on `core` cannot be edited'],
    ['{:core, req()}', 'FORGE-M008 the requirement on `core` cannot be edited'],
    ['{:core, "^1.2"}', 'FORGE-V003 `^1.2` is not a requirement'],
    ['{:core, "!= 2.0.0"}', 'FORGE-V004 `!= 2.0.0` cannot be made to take `2.0.0`'],
  ])('refuses %s with its place', (entry, expected) => {
    const refused = change(project('"1.0.0"', `[${entry}]`), core('2.0.0'));
    expect(refused).toContain(expected);
    expect(refused).toContain('app/mix.exs:9:');
  });
});
