import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import type { RegistryProcess } from './support/registry-process';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment, type RunResult } from './support/run';
import { openUpstreamYard, type UpstreamYard } from './support/upstream-yard';
import { writeInto, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

const ecosystems = ['cargo', 'npm', 'pypi', 'rubygems'];

/** Packages of ours that need those of somebody else. */
const needy = {
  'nx.json': '{}\n',
  'needy-crate/Cargo.toml': `[package]
name = "needy-crate"
version = "1.0.0"
edition = "2021"
license = "MIT"
description = "Needy"

[dependencies]
tiny-crate = "1"
`,
  'needy-crate/src/lib.rs': 'pub fn needy() {\n    tiny_crate::tiny()\n}\n',
  'needy-npm/package.json':
    '{ "name": "needy-npm", "version": "1.0.0", "license": "MIT", "main": "index.js", "dependencies": { "tiny-npm": "^1.0.0" } }\n',
  'needy-npm/index.js': 'exports.needy = require("tiny-npm").tiny;\n',
  'needy-py/pyproject.toml': `[project]
name = "needy-py"
version = "1.0.0"
description = "Needy"
requires-python = ">=3.9"
dependencies = ["Tiny.Py>=1"]

[build-system]
requires = ["uv_build>=0.8,<1"]
build-backend = "uv_build"
`,
  'needy-gem/needy-gem.gemspec': `Gem::Specification.new do |spec|
  spec.name = "needy-gem"
  spec.version = "1.0.0"
  spec.summary = "Needy"
  spec.authors = ["Quill"]
  spec.license = "MIT"
  spec.homepage = "https://tiny.example"
  spec.files = ["lib/needy-gem.rb"]
  spec.add_dependency "tiny-gem", "~> 1.0"
end
`,
  'needy-gem/lib/needy-gem.rb': 'require "tiny"\n',
  'needy-py/src/needy_py/__init__.py': 'from tiny_py import TINY\n\nNEEDY = TINY\n',
};

describeWithTools('packages of another registry', ecosystems, () => {
  let yard: UpstreamYard;
  let directory: string;
  let other: RegistryProcess;
  beforeAll(async () => {
    yard = await openUpstreamYard(ecosystems);
    ({ directory, other } = yard);
  }, 240_000);
  afterAll(() => yard.stop());

  /** A home of its own, whose tools take everything from one registry. */
  function toolsIn(name: string, url: string) {
    const home = join(directory, name);
    const cargo = `[registries.forge]\nindex = "sparse+${url}/cargo/index/"\n\n[source.crates-io]\nreplace-with = "forge"\n`;
    writeInto(home, 'cargo/config.toml', cargo);
    const rustup = process.env['RUSTUP_HOME'] ?? join(process.env['HOME'] ?? '', '.rustup');
    const env = {
      ...{ PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' },
      ...{ RUSTUP_HOME: rustup, CARGO_HOME: join(home, 'cargo'), CARGO_NET_RETRY: '0' },
      ...{ npm_config_registry: `${url}/npm/`, npm_config_fetch_retries: '0' },
      ...{ UV_NO_CONFIG: '1', UV_DEFAULT_INDEX: `${url}/pypi/simple/`, UV_HTTP_RETRIES: '0' },
      ...{ PIP_INDEX_URL: `${url}/pypi/simple/`, PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0' },
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
    };
    return (where: string, program: string, ...args: readonly string[]): Promise<RunResult> => {
      mkdirSync(join(home, where), { recursive: true });
      return run(program, args, { cwd: join(home, where), env });
    };
  }

  it('are read through for cargo, npm, uv and pip', async () => {
    const own = await yard.startReader();
    const tools = toolsIn('reader', own.url);
    const write = (file: string, content: string) =>
      writeInto(join(directory, 'reader'), file, content);
    write('crate/Cargo.toml', needy['needy-crate/Cargo.toml']);
    write('crate/src/lib.rs', needy['needy-crate/src/lib.rs']);
    succeeded(await tools('crate', 'cargo', 'check', '--quiet'));

    write('npm/package.json', '{ "name": "user", "version": "0.0.0" }\n');
    succeeded(await tools('npm', 'npm', 'install', 'tiny-npm@^1'));
    const loaded = succeeded(await tools('npm', 'node', '-p', 'require("tiny-npm").tiny'));
    expect(loaded.trim()).toBe('true');

    for (const [name, install] of [
      ['uv', ['uv', 'pip', 'install', '--quiet', '--python', 'uv/bin/python', 'tiny.py']],
      ['pip', ['pip/bin/python', '-m', 'pip', 'install', '--quiet', 'Tiny_Py']],
    ] as const) {
      succeeded(await tools('python', 'python3', '-m', 'venv', name));
      const [program, ...args] = install;
      const found = program.replace(/^pip\//, `${directory}/reader/python/pip/`);
      succeeded(await tools('python', found, ...args));
      const python = `${directory}/reader/python/${name}/bin/python`;
      const tiny = await tools('python', python, '-c', 'import tiny_py; print(tiny_py.TINY)');
      expect(succeeded(tiny).trim()).toBe('True');
    }
    expect(new Set(other.requests().map(({ status }) => status >= 500))).toEqual(new Set([false]));
  }, 300_000);

  it('that does not answer is a bad gateway, and never "not found"', async () => {
    const own = await yard.startStranded();
    const tools = toolsIn('stranded', own.url);
    writeInto(join(directory, 'stranded'), 'crate/Cargo.toml', needy['needy-crate/Cargo.toml']);
    writeInto(join(directory, 'stranded'), 'crate/src/lib.rs', '');
    for (const [where, program, ...args] of [
      ['crate', 'cargo', 'generate-lockfile'],
      ['npm', 'npm', 'install', 'tiny-npm@^1'],
      ['python', 'uv', 'pip', 'install', '--target', 'there', 'tiny-py'],
    ] as const) {
      const { exitCode, output } = await tools(where, program, ...args);
      expect(exitCode).not.toBe(0);
      expect(output).toContain('502');
    }
  }, 120_000);

  describe('in a rehearsal', () => {
    let workspace: TemporaryWorkspace;
    afterEach(() => workspace.remove());

    it('are there when they may be asked for, for other names than ours, later without a network', async () => {
      workspace = writeWorkspace(needy);
      // Packaging resolves against what a person has fetched before.
      const fetching = toolsIn('person', other.url);
      const crate = join(workspace.root, 'needy-crate');
      succeeded(await fetching('', 'cargo', 'fetch', '--manifest-path', `${crate}/Cargo.toml`));
      const before = other.requests().length;
      const user = userEnvironment({ url: other.url, token: 'unused' }, process.env['PATH'] ?? '');
      const own = { CARGO_HOME: join(directory, 'person/cargo') };
      const env = { ...user, ...own, XDG_CACHE_HOME: join(directory, 'person/cache') };
      const bin = join(repository, 'packages/release/bin/forge-release.js');
      const rehearse = (...args: readonly string[]): Promise<RunResult> =>
        run(process.execPath, [bin, 'rehearse', ...args], { cwd: workspace.root, env });

      // cargo looks for what a crate needs while it publishes already.
      const crateAlone = await rehearse('--projects', 'needy-crate');
      expect(crateAlone.exitCode).toBe(1);
      expect(crateAlone.output).toContain(
        'FORGE-W004 `cargo:needy-crate@1.0.0` needs `tiny-crate`',
      );
      const alone = await rehearse('--projects', 'needy-npm');
      expect(alone.exitCode).toBe(1);
      expect(alone.output).toContain('FORGE-W004 `npm:needy-npm@1.0.0` needs `tiny-npm`');
      expect(alone.output).toContain('fix: rehearse with `--network`');
      expect(other.requests().length).toBe(before);

      const allowed = ecosystems.flatMap((id) => ['--upstream', `${id}=${other.url}`]);
      const output = succeeded(await rehearse(...allowed));
      expect(output.match(/^installed {2}/gm)).toHaveLength(4);
      const asked = other.requests().slice(before);
      expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
      expect(asked.map(({ path }) => path).filter((path) => /tiny/.test(path))).not.toEqual([]);
      expect(asked.map(({ path }) => path).filter((path) => /needy/.test(path))).toEqual([]);

      // Without a network, what was fetched once is there.
      await other.stop();
      expect(succeeded(await rehearse(...allowed)).match(/^installed {2}/gm)).toHaveLength(4);
      rmSync(join(directory, 'person/cache'), { recursive: true });
      expect((await rehearse(...allowed)).exitCode).toBe(1);
    }, 300_000);
  });
});
