import { findProgram } from '../../packages/release/src/effects/programs';
import { openWorkspace, type Workspace } from '../../packages/release/src/effects/open-workspace';
import { createWorld } from '../../packages/release/src/effects/world';
import { packageProjects } from '../../packages/release/src/package/package-projects';
import type { RegistryOptions } from '../../packages/release/src/configuration/registry-target';
import type { PublishUnit } from '../../packages/release/src/plan/publish-unit';
import { unitsOfProject } from '../../packages/release/src/publish/units-of-project';
import { writeWorkspace, type TemporaryWorkspace } from './workspace';

/** The smallest package of every ecosystem: no dependencies, hardly any code. */
export const tinyFiles: Readonly<Record<string, string>> = {
  'nx.json': '{ "plugins": ["@forge/release"] }\n',
  'tiny-crate/Cargo.toml': `[package]
name = "tiny-crate"
version = "1.0.0"
edition = "2021"
license = "MIT"
description = "Tiny"
`,
  'tiny-crate/src/lib.rs': 'pub fn tiny() {}\n',
  'tiny-npm/package.json':
    '{ "name": "tiny-npm", "version": "1.0.0", "license": "MIT", "main": "index.js" }\n',
  'tiny-npm/index.js': 'exports.tiny = true;\n',
  'tiny-py/pyproject.toml': `[project]
name = "tiny-py"
version = "1.0.0"
description = "Tiny"
requires-python = ">=3.9"

[build-system]
requires = ["uv_build>=0.8,<1"]
build-backend = "uv_build"
`,
  'tiny-py/src/tiny_py/__init__.py': 'TINY = True\n',
  'tiny_hex/mix.exs': `defmodule TinyHex.MixProject do
  use Mix.Project

  def project do
    [
      app: :tiny_hex,
      version: "1.0.0",
      elixir: "~> 1.14",
      description: "Tiny",
      package: [licenses: ["MIT"], links: %{}]
    ]
  end
end
`,
  'tiny_hex/lib/tiny_hex.ex': 'defmodule TinyHex do\nend\n',
  'tiny-hackage/tiny-hackage.cabal': tinyCabalFile('1.0.0'),
  'tiny-hackage/src/Tiny.hs': 'module Tiny where\n',
  'tiny-gem/tiny-gem.gemspec': tinyGemspec('tiny-gem', '1.0.0'),
  'tiny-gem/lib/tiny.rb': 'TINY = true\n',
};

export function tinyCabalFile(version: string): string {
  return `cabal-version: 2.4
name: tiny-hackage
version: ${version}
synopsis: Tiny
description: Tiny and nothing else.
category: Testing
license: MIT
author: Quill
maintainer: quill@example.invalid

library
  exposed-modules: Tiny
  hs-source-dirs: src
  default-language: Haskell2010
  build-depends: base >=4 && <5
`;
}

/** `more` are further lines of the block. */
export function tinyGemspec(name: string, version: string, more: readonly string[] = []): string {
  const lines = [
    `name = "${name}"`,
    `version = "${version}"`,
    'summary = "Tiny"',
    'authors = ["Quill"]',
    'license = "MIT"',
    'homepage = "https://tiny.example"',
    'files = ["lib/tiny.rb"]',
    ...more,
  ];
  const block = lines.map((line) => `  spec.${line}\n`).join('');
  return `Gem::Specification.new do |spec|\n${block}end\n`;
}

export interface TinyPackages {
  readonly workspace: Workspace;
  /** The packed package of an ecosystem, on its way to a registry. */
  unit(ecosystem: string, registry: RegistryOptions): PublishUnit;
  remove(): void;
}

/** Packs them once, with the real tools; `changed` are files that are to be otherwise. */
export async function packTinyPackages(
  ecosystems: readonly string[],
  changed: Readonly<Record<string, string>> = {},
): Promise<TinyPackages> {
  const copy: TemporaryWorkspace = writeWorkspace({ ...tinyFiles, ...changed }, () => undefined);
  const workspace = await openWorkspace(copy.root);
  const projects = [...workspace.model.projects.values()].filter(({ packages }) =>
    packages.some(({ ecosystem }) => ecosystems.includes(ecosystem.id)),
  );
  const packed = await packageProjects(workspace, projects, createWorld({ dryRun: false }));
  const [problem] = packed.flatMap(({ problems }) => problems);
  if (problem) throw problem;
  return {
    workspace,
    unit(ecosystem, registry) {
      const units = projects.flatMap(
        (project) => unitsOfProject(copy.root, project, registry, true).units,
      );
      const unit = units.find(({ node }) => node.ecosystem.id === ecosystem);
      if (!unit) throw new Error(`nothing is packed for ${ecosystem}`);
      return unit;
    },
    remove: () => copy.remove(),
  };
}

/** Absolute paths of the programs that upload a unit. */
export function uploadPrograms({ node }: PublishUnit): Record<string, string> {
  const names = node.ecosystem.tool.needs(node.manifest).publish.flatMap(({ anyOf }) => anyOf);
  return Object.fromEntries(
    names.flatMap((name) => {
      const path = findProgram(name);
      return path === undefined ? [] : [[name, path]];
    }),
  );
}
