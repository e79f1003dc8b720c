/**
 * One package of each ecosystem that packs and uploads without a complaint, and is of no use to whoever installs it:
 * a file that it needs stands in the repository only.
 */
export const leaky: Readonly<Record<string, string>> = {
  'nx.json': '{}\n',

  'crate/Cargo.toml': `[package]
name = "leaky"
version = "1.0.0"
edition = "2021"
license = "MIT"
description = "Includes a file that is not in the crate"
include = ["src/**"]
`,
  'crate/src/lib.rs': 'pub const WORDS: &str = include_str!("../data/words.txt");\n',
  'crate/data/words.txt': 'words\n',

  'javascript/package.json': `{
  "name": "@leaky/text",
  "version": "1.0.0",
  "license": "MIT",
  "main": "index.js",
  "files": ["index.js"],
  "publishConfig": { "access": "public" }
}
`,
  'javascript/index.js': "module.exports = require('./lib/words');\n",
  'javascript/lib/words.js': 'module.exports = {};\n',

  'python/pyproject.toml': `[build-system]
requires = ["uv_build>=0.8,<1"]
build-backend = "uv_build"

[project]
name = "leaky-text"
version = "1.0.0"
description = "Imports a module that is not in the wheel"
license = "MIT"
requires-python = ">=3.9"
`,
  'python/src/leaky_text/__init__.py': 'from leaky_words import words\n',
  'python/src/leaky_words.py': 'words = []\n',

  'elixir/mix.exs': `defmodule Leaky.MixProject do
  use Mix.Project

  def project do
    [
      app: :leaky,
      version: "1.0.0",
      description: "Imports a module that is not in the tarball",
      package: [
        licenses: ["MIT"],
        links: %{"Source" => "https://example.invalid/leaky"},
        files: ["mix.exs", "lib/leaky.ex"]
      ]
    ]
  end
end
`,
  'elixir/lib/leaky.ex': `defmodule Leaky do
  import Leaky.Words
  def all, do: words()
end
`,
  'elixir/lib/leaky/words.ex': `defmodule Leaky.Words do
  def words, do: []
end
`,

  'haskell/leaky.cabal': `cabal-version:      2.4
name:               leaky
version:            1.0.0
synopsis:           Includes a file that is not in the archive
description:        Includes a file that is not in the archive.
license:            MIT
author:             Leaky contributors
maintainer:         leaky@example.invalid
category:           Text
build-type:         Simple

library
  exposed-modules:  Leaky
  hs-source-dirs:   src
  include-dirs:     include
  build-depends:    base >=4.12 && <5
  default-language: Haskell2010
`,
  'haskell/src/Leaky.hs': `{-# LANGUAGE CPP #-}
module Leaky (words') where

#include "words.h"

words' :: [String]
words' = WORDS
`,
  'haskell/include/words.h': '#define WORDS []\n',

  'ruby/leaky.gemspec': `Gem::Specification.new do |spec|
  spec.name = "leaky"
  spec.version = "1.0.0"
  spec.summary = "Requires a file that is not in the gem"
  spec.authors = ["Leaky contributors"]
  spec.license = "MIT"
  spec.homepage = "https://example.invalid/leaky"
  spec.files = ["lib/leaky.rb"]
end
`,
  'ruby/lib/leaky.rb': 'require_relative "leaky/words"\n',
  'ruby/lib/leaky/words.rb': 'module Leaky; WORDS = []; end\n',
};
