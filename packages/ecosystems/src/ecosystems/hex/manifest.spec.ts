import type { Manifest } from '../../model';
import { readerOf, sourceOf, type Files } from '../../testing';
import { format } from './manifest';

const file = 'apps/app/mix.exs';

function read(text: string, others: Files = {}) {
  return format.read(sourceOf(file, text), readerOf({ ...others, [file]: text }));
}

function project(settings: string, rest = ''): string {
  return `defmodule App.MixProject do
  use Mix.Project
${rest}
  def project do
    [app: :app, ${settings}]
  end
end
`;
}

function manifest(text: string, others: Files = {}): Manifest {
  const found = read(text, others);
  if (!found.ok || !found.value) throw new Error(JSON.stringify(found));
  return found.value;
}

function problem(text: string): string {
  const found = read(text);
  return found.ok ? 'no problem' : found.problems.map((each) => each.render()).join('\n');
}

describe('dependencies', () => {
  const deps = (list: string, rest = ''): Manifest =>
    manifest(project(`version: "1.2.0", deps: deps()`, `${rest}\n  defp deps do\n${list}\n  end`));
  const plain = { kind: 'runtime', section: 'deps', requirement: '~> 1.2' };

  it.each<[string, object]>([
    ['{:core, "~> 1.2"}', { name: 'core', ...plain }],
    ['{:core, "~> 1.2", only: :dev}', { name: 'core', ...plain, kind: 'dev' }],
    ['{:core, "~> 1.2", only: [:prod, :test]}', { name: 'core', ...plain }],
    ['{:core, "~> 1.2", optional: true}', { name: 'core', ...plain, kind: 'optional' }],
    ['{:core, "~> 1.2", runtime: false}', { name: 'core', ...plain, kind: 'build' }],
    ['{:my, "~> 1.2", hex: :core}', { name: 'core', alias: 'my', ...plain }],
    ['{:core, "~> 1.2", path: "../core"}', { name: 'core', ...plain, path: 'apps/core' }],
    ['{:core, path: "../.."}', { name: 'core', ...plain, requirement: null, path: '.' }],
    [
      '{:core, in_umbrella: true}',
      { name: 'core', ...plain, requirement: null, path: 'apps/core', internal: true },
    ],
    ['{:core, github: "a/core"}', { name: 'core', ...plain, requirement: null }],
    ['{:core, @req}', { name: 'core', ...plain }],
    ['{:core, ~S(~> 1.2)}', { name: 'core', ...plain, fixed: 'it is written as a sigil' }],
    [
      '{:core, requirement(:core)}',
      { name: 'core', ...plain, requirement: null, fixed: 'it is computed when Mix runs' },
    ],
  ])('%s', (entry, expected) => {
    expect(deps(`[${entry}]`, '@req "~> 1.2"').dependencies).toEqual([expected]);
  });

  it.each<[string, string, string[]]>([
    ['a keyword list', '[core: "~> 1.2", other: [path: "../other"]]', ['core', 'other']],
    ['several lines with comments', '[\n{:core, # the core\n "~> 1.2"}, # last\n]', ['core']],
    ['a sum', '[{:a, "~> 1.0"}] ++ [{:b, "~> 1.0"}] ++ more()', ['a', 'b', 'c']],
    ['a condition', '[{:a, "~> 1.0"}] ++ if x?(), do: [{:b, ">= 0.0.0"}], else: []', ['a', 'b']],
    ['a block', 'if x?() do\n[{:a, "~> 1.0"}]\nelse\n[{:b, "~> 1.0"}]\nend', ['a', 'b']],
    ['cases', 'case x do\n1 -> [{:a, "~> 1.0"}]\n_ -> more()\nend', ['a', 'c']],
    ['a variable', 'base = [{:a, "~> 1.0"}]\nbase = base ++ more()\nbase', ['a', 'c']],
    ['a filter', 'Enum.filter(more(), fn {a, _} -> a end)', ['c']],
    ['clauses', 'own(Mix.env())', ['t', 'p']],
  ])('are found in %s', (_, list, names) => {
    const rest = `defp more, do: [{:c, "~> 1.0"}]
  defp own(:test), do: [{:t, "~> 1.0"}]
  defp own(_) when true do
    [{:p, "~> 1.0"}]
  end`;
    expect(deps(list, rest).dependencies.map(({ name }) => name)).toEqual(names);
  });
});

describe('a project', () => {
  it('is named by its package, else by its application', () => {
    expect(manifest(project('version: "1.0.0"')).name).toBe('app');
    const named = project(
      'version: "1.0.0", package: package()',
      'defp package, do: [name: "pkg"]',
    );
    expect(manifest(named).name).toBe('pkg');
  });

  it('is private without a description and a package', () => {
    expect(manifest(project('version: "1.0.0"')).private).toBe('no package metadata');
    expect(manifest(project('version: "1.0.0", package: []')).private).toBeUndefined();
    expect(manifest(project('version: "1.0.0", description: "x"')).private).toBeUndefined();
  });

  it.each([
    ['an umbrella root', project('apps_path: "apps"')],
    ['a module that is no Mix project', 'defmodule A do\n  def project, do: [app: :a]\nend\n'],
    ['a file of comments', '# nothing yet\n'],
  ])('is not what %s defines', (_, text) => {
    expect(read(text)).toEqual({ ok: true, value: null });
  });

  it('is the first module that uses Mix.Project', () => {
    const other = 'defmodule Other do\n  def project, do: [app: :other, version: "9.0.0"]\nend\n';
    expect(manifest(other + project('version: "1.2.0"') + other).version.value).toBe('1.2.0');
  });

  it.each<[string, string, string]>([
    ['empty', ' \n', 'FORGE-M001 `apps/app/mix.exs` is empty'],
    ['without a name', project('version: "1.0.0"').replace('app: :app, ', ''), 'FORGE-M004'],
    ['with a computed name', project('version: "1.0.0"').replace(':app,', 'name(),'), 'FORGE-M004'],
    ['without a version', project(''), 'FORGE-M005'],
    [
      'with a version that is none',
      project('version: "1.2"'),
      '5 |     [app: :app, version: "1.2"]',
    ],
  ])('%s is refused', (_, text, expected) => {
    expect(problem(text)).toContain(expected);
  });

  it('that is cut off is refused at the bracket or block that stays open', () => {
    expect(problem('defmodule A do\n  use Mix.Project\n  def project do\n    [app: :a,')).toBe(
      [
        'FORGE-M002 `[` is never closed',
        '  --> apps/app/mix.exs:4:5',
        '   4 |     [app: :a,',
        '     |     ^',
        'fix: correct the syntax at the marked place',
        'docs: ERRORS.md#forge-m002',
      ].join('\n'),
    );
    expect(problem('defmodule A do\n')).toContain('`do` has no `end`');
    expect(problem('defmodule A do\n  x = "open\nend\n')).toContain('apps/app/mix.exs:2:7');
  });
});
