import type { CiWorkflowOptions } from '../ci-workflow';

/** A workspace to write a workflow for, and what is asked for. The workflow stands in `fixtures/<name>.yml`. */
export interface WorkflowCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly options: CiWorkflowOptions;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const root = json({ name: 'workspace', private: true, workspaces: ['js/*'] });

const javascript = {
  'js/kit/package.json': json({ name: '@acme/kit', version: '1.0.0' }),
};

const all = {
  ...javascript,
  'rust/core/Cargo.toml': '[package]\nname = "core"\nversion = "1.0.0"\n',
  'py/wheel/pyproject.toml':
    '[project]\nname = "wheel"\nversion = "1.0.0"\n\n[build-system]\nrequires = ["maturin>=1"]\nbuild-backend = "maturin"\n',
  'py/plain/pyproject.toml':
    '[project]\nname = "plain"\nversion = "1.0.0"\n\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
  'elixir/kit/mix.exs':
    'defmodule Kit.MixProject do\n  use Mix.Project\n\n  def project, do: [app: :kit, version: "1.0.0", description: "A kit", package: [licenses: ["MIT"], links: %{}]]\nend\n',
  'haskell/kit/kit.cabal': 'cabal-version: 2.4\nname: kit\nversion: 1.0.0\n\nlibrary\n',
  'ruby/kit/kit.gemspec':
    'Gem::Specification.new do |spec|\n  spec.name = "kit"\n  spec.version = "1.0.0"\nend\n',
};

/** Each of them as another kind of repository would have it. */
export const cases: readonly WorkflowCase[] = [
  {
    name: 'all-ecosystems-with-version-plans',
    files: {
      'nx.json': json({ release: { projects: ['*'], versionPlans: true } }),
      'package.json': root,
      ...all,
    },
    options: {},
  },
  {
    name: 'trusted-publishing-by-tags',
    files: {
      'nx.json': json({
        defaultBase: 'trunk',
        release: {
          projects: ['*'],
          version: { conventionalCommits: true },
          changelog: { workspaceChangelog: { createRelease: 'github' } },
        },
      }),
      'package.json': root,
      ...all,
    },
    options: { trigger: 'tags', trustedPublishing: true, environment: 'registries' },
  },
  {
    name: 'own-registries-by-hand',
    files: {
      'nx.json': json({
        plugins: [{ plugin: '@forge/release', options: { provenance: true } }],
        release: { projects: ['*'] },
      }),
      'package.json': root,
      ...javascript,
      'js/inner/package.json': json({
        name: '@acme/inner',
        version: '1.0.0',
        publishConfig: { registry: 'https://packages.acme.example/js/' },
      }),
      'js/hidden/package.json': json({ name: 'hidden', version: '1.0.0', private: true }),
    },
    options: { environment: 'registries' },
  },
];
