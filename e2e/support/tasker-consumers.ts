import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cargoHome, environment } from './consumers';
import { runOk } from './run';

/** A clean home, and the registry that everything comes from. */
export interface TaskerConsumer {
  readonly url: string;
  /** Absolute, empty. */
  readonly directory: string;
  readonly path: string;
}

const contextOf = (consumer: TaskerConsumer, version: string) => ({ ...consumer, version });

/** `cargo install`; resolves with what the program prints, which is its version. */
export async function installProgram(consumer: TaskerConsumer, version: string): Promise<string> {
  const { directory: cwd } = consumer;
  const context = contextOf(consumer, version);
  const env = environment(context, { CARGO_HOME: cargoHome(context) });
  const from = ['--version', version, '--registry', 'forge', '--root', cwd];
  await runOk('cargo', ['install', 'tasker-ctl', ...from], { cwd, env });
  return runOk(join(cwd, 'bin/tasker-ctl'), [], { cwd, env });
}

/** `gem install`, which compiles the extension; resolves with the version and what the extension answers. */
export async function installGem(consumer: TaskerConsumer, version: string): Promise<string> {
  const { directory: cwd, url } = consumer;
  const gems = join(cwd, 'gems');
  const context = contextOf(consumer, version);
  const home = { GEM_HOME: gems, GEM_PATH: gems, CARGO_HOME: cargoHome(context) };
  const env = environment(context, home);
  const from = ['--clear-sources', '--source', `${url}/gems/`];
  const to = ['--no-document', '--install-dir', gems];
  await runOk('gem', ['install', 'tasker-rb', '--version', version, ...from, ...to], { cwd, env });
  const script = `require "tasker_core"
require "fiddle"
path = File.join(Gem.loaded_specs["tasker-rb"].full_gem_path, "lib/libtasker_rb.so")
length = Fiddle::Function.new(Fiddle.dlopen(path)["tasker_version_len"], [], Fiddle::TYPE_INT)
puts [TaskerCore::VERSION, length.call].join(" ")`;
  return runOk('ruby', ['-e', script], { cwd, env });
}

/** `npm install`; resolves with the version that is there, once it can be imported. */
export async function installModule(consumer: TaskerConsumer, version: string): Promise<string> {
  const { directory: cwd, url } = consumer;
  const env = environment(contextOf(consumer, version));
  const name = '@tasker-systems/tasker';
  writeFileSync(join(cwd, 'package.json'), '{ "name": "consumer", "private": true }\n');
  const from = [`--registry=${url}/npm/`, `--cache=${join(cwd, 'cache')}`];
  await runOk('npm', ['install', `${name}@${version}`, ...from], { cwd, env });
  const script = `import "${name}"; import { readFileSync } from "node:fs";
console.log(JSON.parse(readFileSync("node_modules/${name}/package.json")).version)`;
  return runOk('node', ['--input-type=module', '-e', script], { cwd, env });
}

/** `pip install`, by uv; resolves with the version that is there, once it can be imported. */
export async function installWheel(consumer: TaskerConsumer, version: string): Promise<string> {
  const { directory: cwd, url } = consumer;
  const uv = { UV_NO_CONFIG: '1', UV_CACHE_DIR: join(cwd, 'cache'), UV_PYTHON_DOWNLOADS: 'never' };
  const env = environment(contextOf(consumer, version), uv);
  const python = join(cwd, 'env/bin/python');
  await runOk('uv', ['venv', '--quiet', join(cwd, 'env')], { cwd, env });
  const from = ['--default-index', `${url}/pypi/simple/`, `tasker-py==${version}`];
  await runOk('uv', ['pip', 'install', '--quiet', '--python', python, ...from], { cwd, env });
  const script =
    'import tasker_core, importlib.metadata; print(importlib.metadata.version("tasker-py"))';
  return runOk(python, ['-c', script], { cwd, env });
}
