import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runOk } from './run';

export interface ConsumerContext {
  /** Base URL of the registry. */
  readonly url: string;
  /** Absolute, empty directory: the consumer's home, caches and project. */
  readonly directory: string;
  /** Version of the example's packages, canonical. */
  readonly version: string;
  readonly path: string;
}

/** Installs one package of the example as a stranger would, in a clean home, and runs it. */
export interface Consumer {
  readonly ecosystem: string;
  readonly package: string;
  /** Resolves with what the installed package printed. */
  install(context: ConsumerContext): Promise<string>;
}

/** What a stranger's shell has: nothing of ours but the toolchains. */
export function environment(
  { directory, path }: ConsumerContext,
  extra: Record<string, string> = {},
): Record<string, string> {
  const inherited = Object.fromEntries(
    ['RUSTUP_HOME', 'PYENV_ROOT', 'USER'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const rustup = process.env['RUSTUP_HOME'] ?? join(process.env['HOME'] ?? '', '.rustup');
  return {
    ...inherited,
    RUSTUP_HOME: rustup,
    PATH: path,
    HOME: directory,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    ...extra,
  };
}

/** A cargo home that takes every crate from the registry. */
export function cargoHome({ directory, url }: ConsumerContext): string {
  const home = join(directory, 'cargo-home');
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, 'config.toml'),
    `[registries.forge]\nindex = "sparse+${url}/cargo/index/"\n\n[source.crates-io]\nreplace-with = "forge"\n`,
  );
  return home;
}

const cargo: Consumer = {
  ecosystem: 'cargo',
  package: 'quill-cli',
  async install(context) {
    const { directory, version } = context;
    const env = environment(context, { CARGO_HOME: cargoHome(context) });
    await runOk(
      'cargo',
      ['install', 'quill-cli', '--version', version, '--registry', 'forge', '--root', directory],
      { cwd: directory, env },
    );
    return runOk(join(directory, 'bin/quill'), ['It works.'], { cwd: directory, env });
  },
};

const npm: Consumer = {
  ecosystem: 'npm',
  package: '@quill/text',
  async install(context) {
    const { directory, url, version } = context;
    const env = environment(context);
    writeFileSync(join(directory, 'package.json'), '{ "name": "consumer", "private": true }\n');
    await runOk(
      'npm',
      [
        'install',
        `@quill/text@${version}`,
        `--registry=${url}/npm/`,
        `--cache=${join(directory, 'cache')}`,
      ],
      { cwd: directory, env },
    );
    return runOk('node', ['-p', 'require("@quill/text").readingTime("It works".repeat(100))'], {
      cwd: directory,
      env,
    });
  },
};

const pypi: Consumer = {
  ecosystem: 'pypi',
  package: 'quill-text',
  async install(context) {
    const { directory, url, version } = context;
    const env = environment(context, {
      UV_NO_CONFIG: '1',
      UV_CACHE_DIR: join(directory, 'cache'),
      UV_PYTHON_DOWNLOADS: 'never',
    });
    const python = join(directory, 'env/bin/python');
    await runOk('uv', ['venv', '--quiet', join(directory, 'env')], { cwd: directory, env });
    await runOk(
      'uv',
      [
        'pip',
        'install',
        '--quiet',
        '--python',
        python,
        '--default-index',
        `${url}/pypi/simple/`,
        `quill-text==${version}`,
      ],
      { cwd: directory, env },
    );
    return runOk(python, ['-c', 'import quill_text; print(quill_text.report("It works."))'], {
      cwd: directory,
      env,
    });
  },
};

/**
 * Without the Hex archive a bare Elixir takes a dependency as a directory: the tarballs are fetched, their
 * checksums looked at, and unpacked where Mix looks for path dependencies.
 */
const hex: Consumer = {
  ecosystem: 'hex',
  package: 'quill',
  async install(context) {
    const { directory, url, version } = context;
    for (const name of ['quill_words', 'quill'])
      await unpackHexTarball(
        `${url}/hex/tarballs/${name}-${version}.tar`,
        join(directory, 'deps', name),
      );
    const env = environment(context, { MIX_ENV: 'prod' });
    const script = 'IO.puts(Quill.reading_time(String.duplicate("It works ", 100)))';
    const sources = ['quill_words', 'quill'].map((name) =>
      join(directory, 'deps', name, `lib/${name}.ex`),
    );
    return runOk('elixir', [...sources.flatMap((source) => ['-r', source]), '-e', script], {
      cwd: directory,
      env,
    });
  },
};

async function unpackHexTarball(url: string, to: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url} answers ${response.status}`);
  const members = readUstar(Buffer.from(await response.arrayBuffer()));
  const [version, metadata, contents, checksum] = [
    'VERSION',
    'metadata.config',
    'contents.tar.gz',
    'CHECKSUM',
  ].map((name) => members.get(name) ?? Buffer.alloc(0)) as [Buffer, Buffer, Buffer, Buffer];
  const inner = createHash('sha256')
    .update(version)
    .update(metadata)
    .update(contents)
    .digest('hex');
  if (inner !== checksum.toString().trim().toLowerCase())
    throw new Error(`the checksum of ${url} is wrong`);
  for (const [name, bytes] of readUstar(gunzipSync(contents))) {
    mkdirSync(join(to, name, '..'), { recursive: true });
    writeFileSync(join(to, name), bytes);
  }
}

/** Regular files of a plain ustar archive. */
function readUstar(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const text = (from: number, length: number): string =>
      archive.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const name = [text(345, 155), text(0, 100)].filter(Boolean).join('/');
    if (text(156, 1) === '0' || text(156, 1) === '')
      files.set(name, archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

const hackage: Consumer = {
  ecosystem: 'hackage',
  package: 'quill',
  async install(context) {
    const { directory, url, version } = context;
    const cabalDir = join(directory, 'cabal');
    const config = join(directory, 'cabal.config');
    mkdirSync(cabalDir, { recursive: true });
    writeFileSync(
      config,
      `repository forge\n  url: ${url}/hackage\n  secure: False\nremote-repo-cache: ${cabalDir}/packages\nstore-dir: ${cabalDir}/store\nlogs-dir: ${cabalDir}/logs\n`,
    );
    const env = environment(context, { CABAL_CONFIG: config, CABAL_DIR: cabalDir });
    writeFileSync(
      join(directory, 'consumer.cabal'),
      `cabal-version: 2.4\nname: consumer\nversion: 0\n\nexecutable consumer\n  main-is: Main.hs\n  build-depends: base, quill ==${version}\n  default-language: Haskell2010\n`,
    );
    writeFileSync(join(directory, 'cabal.project'), 'packages: .\n');
    writeFileSync(
      join(directory, 'Main.hs'),
      'import Quill\n\nmain :: IO ()\nmain = print (readingTime (concat (replicate 100 "It works ")))\n',
    );
    await runOk('cabal', ['update', '-v0'], { cwd: directory, env });
    return runOk('cabal', ['run', '-v0', 'consumer'], { cwd: directory, env });
  },
};

const rubygems: Consumer = {
  ecosystem: 'rubygems',
  package: 'quill',
  async install(context) {
    const { directory, url, version } = context;
    const gems = join(directory, 'gems');
    const env = environment(context, {
      GEM_HOME: gems,
      GEM_PATH: gems,
      CARGO_HOME: cargoHome(context),
    });
    await runOk(
      'gem',
      [
        'install',
        'quill',
        '--version',
        version,
        '--clear-sources',
        '--source',
        `${url}/gems/`,
        '--no-document',
        '--install-dir',
        gems,
      ],
      { cwd: directory, env },
    );
    return runOk('ruby', ['-e', 'require "quill"; puts Quill.reading_time("It works " * 100)'], {
      cwd: directory,
      env,
    });
  },
};

export const consumers: readonly Consumer[] = [cargo, npm, pypi, hex, hackage, rubygems];
