/** What a person left lying around: harmless here, and nobody else's business. */
const token = ['npm', 'a'.repeat(18) + 'B7'.repeat(9)].join('_');
const left = (directory: string): Record<string, string> => ({
  [`${directory}/.env`]: 'PASSWORD=hunter2\n',
  [`${directory}/notes.txt`]: `first\ntoken: ${token}\n`,
});

export const plantedToken = token;

/** One package of each ecosystem that packs without a complaint and must not go out as it is. */
export const unfitPackages: Readonly<Record<string, string>> = {
  'nx.json': '{}\n',

  'crate/Cargo.toml':
    '[package]\nname = "unfit"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "Unfit"\ninclude = ["src", ".env", "notes.txt"]\n',
  'crate/src/lib.rs': '',
  ...left('crate'),

  'javascript/package.json': '{ "name": "@unfit/text", "version": "1.0.0", "license": "MIT" }\n',
  'javascript/index.js': '',
  ...left('javascript'),

  'python/pyproject.toml': `[build-system]
requires = ["uv_build>=0.8,<1"]
build-backend = "uv_build"

[project]
name = "unfit-text"
version = "1.0.0"
description = "Unfit"
requires-python = ">=3.9"
`,
  'python/src/unfit_text/__init__.py': '',
  ...left('python/src/unfit_text'),

  'elixir/mix.exs': `defmodule Unfit.MixProject do
  use Mix.Project

  def project do
    [
      app: :unfit,
      version: "1.0.0",
      description: "Unfit",
      package: [
        licenses: ["MIT"],
        links: %{"Source" => "https://example.invalid/unfit"},
        files: ["mix.exs", "lib", ".env", "notes.txt"]
      ]
    ]
  end
end
`,
  'elixir/lib/unfit.ex': 'defmodule Unfit do\nend\n',
  ...left('elixir'),

  'haskell/unfit.cabal': `cabal-version:      2.4
name:               unfit
version:            1.0.0
synopsis:           Unfit
description:        Unfit and nothing else.
license:            MIT
author:             Unfit contributors
maintainer:         unfit@example.invalid
category:           Text
build-type:         Simple
extra-source-files: .env notes.txt

library
  exposed-modules:  Unfit
  hs-source-dirs:   src
  build-depends:    base >=4.12 && <5
  default-language: Haskell2010
`,
  'haskell/src/Unfit.hs': 'module Unfit where\n',
  ...left('haskell'),

  'ruby/unfit.gemspec': `Gem::Specification.new do |spec|
  spec.name = "unfit"
  spec.version = "1.0.0"
  spec.summary = "Unfit"
  spec.authors = ["Unfit contributors"]
  spec.license = "MIT"
  spec.homepage = "https://example.invalid/unfit"
  spec.files = ["lib/unfit.rb", ".env", "notes.txt"]
end
`,
  'ruby/lib/unfit.rb': '',
  ...left('ruby'),
};
