import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes the manifest of package `index`, which depends on the packages `needs`. */
export type Template = (
  index: number,
  needs: readonly number[],
) => readonly [file: string, text: string];

const rust: Template = (index, needs) => [
  `crates/crate-${index}/Cargo.toml`,
  `[package]
name = "crate-${index}"
version = "0.3.${index % 10}"
edition = "2021"
description = "Crate number ${index}"
license = "MIT"
repository.workspace = true

[lib]
crate-type = ["lib"]

[features]
default = ["std"]
std = []

[dependencies]
serde = { workspace = true }
tracing = "0.1"
${needs.map((each) => `crate-${each} = { path = "../crate-${each}", version = "0.3.${each % 10}" }`).join('\n')}

[dev-dependencies]
proptest = "1.4"
`,
];

const javascript: Template = (index, needs) => [
  `js/js-${index}/package.json`,
  `${JSON.stringify(
    {
      name: `@bench/js-${index}`,
      version: '1.2.3',
      description: `Package number ${index}`,
      license: 'MIT',
      main: './dist/index.js',
      files: ['dist'],
      scripts: { build: 'tsc -b', test: 'jest' },
      dependencies: Object.fromEntries([
        ['tslib', '^2.6.0'],
        ...needs.map((each) => [`@bench/js-${each}`, '^1.2.3']),
      ]),
      devDependencies: { typescript: '~5.6.0' },
    },
    null,
    2,
  )}\n`,
];

const python: Template = (index, needs) => [
  `py/py-${index}/pyproject.toml`,
  `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "bench-py-${index}"
version = "2.0.${index % 10}"
description = "Package number ${index}"
requires-python = ">=3.10"
dependencies = [
  "requests>=2.31",
${needs.map((each) => `  "bench-py-${each}>=2.0,<3",`).join('\n')}
]

[project.optional-dependencies]
test = ["pytest>=8"]
`,
];

const elixir: Template = (index, needs) => [
  `ex/ex_${index}/mix.exs`,
  `defmodule Ex${index}.MixProject do
  use Mix.Project

  def project do
    [
      app: :ex_${index},
      version: "0.4.${index % 10}",
      elixir: "~> 1.15",
      description: "Package number ${index}",
      package: [licenses: ["MIT"], links: %{}],
      deps: deps()
    ]
  end

  def application, do: [extra_applications: [:logger]]

  defp deps do
    [
      {:jason, "~> 1.4"},
${needs.map((each) => `      {:ex_${each}, "~> 0.4", path: "../ex_${each}"},`).join('\n')}
      {:ex_doc, "~> 0.30", only: :dev, runtime: false}
    ]
  end
end
`,
];

const haskell: Template = (index, needs) => [
  `hs/hs-p${index}/hs-p${index}.cabal`,
  `cabal-version:      3.0
name:               hs-p${index}
version:            0.1.${index % 10}.0
synopsis:           Package number ${index}
license:            MIT
build-type:         Simple

library
    exposed-modules:  Bench${index}
    build-depends:    base >=4.16 && <5
${needs.map((each) => `                    , hs-p${each} ^>=0.1.${each % 10}`).join('\n')}
    hs-source-dirs:   src
    default-language: Haskell2010
`,
];

const ruby: Template = (index, needs) => [
  `rb/rb-${index}/rb-${index}.gemspec`,
  `# frozen_string_literal: true

Gem::Specification.new do |spec|
  spec.name = "rb-${index}"
  spec.version = "0.5.${index % 10}"
  spec.summary = "Package number ${index}"
  spec.authors = ["Bench"]
  spec.license = "MIT"
  spec.files = Dir["lib/**/*"]
  spec.add_dependency "rake", "~> 13.0"
${needs.map((each) => `  spec.add_dependency "rb-${each}", "~> 0.5"`).join('\n')}
  spec.add_development_dependency "rspec", "~> 3.12"
end
`,
];

const rootManifest = `[workspace]
resolver = "2"
members = ["crates/*"]

[workspace.package]
repository = "https://example.invalid/bench"

[workspace.dependencies]
serde = { version = "1.0", features = ["derive"] }
`;

/** Packages of one ecosystem alone. */
export const languages = {
  Rust: [rust],
  JavaScript: [javascript],
  Python: [python],
  Elixir: [elixir],
  Haskell: [haskell],
  Ruby: [ruby],
} satisfies Record<string, readonly Template[]>;

/** Packages of one kind, or of all six in equal shares. */
export const kinds = {
  'one ecosystem': languages.Rust,
  'six ecosystems': Object.values(languages).flat(),
} satisfies Record<string, readonly Template[]>;

/** Writes a workspace with `count` manifests, each with about three edges inside it. Returns their paths, sorted. */
export function writeWorkspace(
  root: string,
  templates: readonly Template[],
  count: number,
): string[] {
  const files = new Map([
    ['Cargo.toml', rootManifest],
    ['nx.json', '{}\n'],
  ]);
  for (let at = 0; at < count; at += 1) {
    const template = templates[at % templates.length];
    const index = Math.floor(at / templates.length);
    const needs = [index - 1, index - 2, index - 7].filter((each) => each >= 0);
    if (template) files.set(...template(index, needs));
  }
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return [...files.keys()].filter((file) => file !== 'nx.json').sort();
}
