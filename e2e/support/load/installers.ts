import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, type RunResult } from '../run';
import { writeInto } from '../workspace';

/** A project that needs some packages, and the tool that gets them, with nothing at hand from before. */
export interface Installer {
  readonly tool: string;
  /** Path → text. */
  files(url: string, names: readonly string[]): Readonly<Record<string, string>>;
  argv(url: string, names: readonly string[]): readonly [program: string, ...args: string[]];
}

export const installers: readonly Installer[] = [
  {
    tool: 'npm install',
    files: (_, names) => ({
      'package.json': JSON.stringify({ private: true, dependencies: anyOf(names) }),
    }),
    argv: (url) => [
      ...(['npm', 'install', '--no-audit', '--no-fund', '--registry', `${url}/npm/`] as const),
      ...['--cache', '.cache'],
    ],
  },
  {
    tool: 'cargo fetch',
    files: (url, names) => ({
      'Cargo.toml': [
        '[package]\nname = "user"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]',
        ...names.map((name) => `${name} = { version = "1", registry = "forge" }`),
        '',
      ].join('\n'),
      'src/lib.rs': '',
      '.cargo/config.toml': `[registries.forge]\nindex = "sparse+${url}/cargo/index/"\n`,
    }),
    argv: () => ['cargo', 'fetch', '--quiet'],
  },
  {
    tool: 'pip download',
    files: () => ({ 'out/.keep': '' }),
    argv: (url, names) => [
      ...(['python3', '-m', 'pip', 'download', '--no-cache-dir', '--dest', 'out'] as const),
      ...['--disable-pip-version-check', '--index-url', `${url}/pypi/simple/`, ...names],
    ],
  },
  {
    tool: 'bundle install',
    files: (url, names) => ({
      Gemfile: [`source "${url}/gems/"`, ...names.map((name) => `gem "${name}"`), ''].join('\n'),
    }),
    argv: () => ['bundle', 'install', '--quiet', '--retry', '0'],
  },
];

function anyOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, '*']));
}

/** Runs it in a directory of its own with a home of its own; nothing is retried. */
export function install(
  { files, argv }: Installer,
  directory: string,
  url: string,
  names: readonly string[],
): Promise<RunResult> {
  const home = join(directory, 'home');
  mkdirSync(home, { recursive: true });
  for (const [file, text] of Object.entries(files(url, names))) writeInto(directory, file, text);
  const [program, ...args] = argv(url, names);
  const { PATH = '', HOME = '', RUSTUP_HOME = join(HOME, '.rustup') } = process.env;
  const env = {
    ...{ PATH, HOME: home, RUSTUP_HOME, CARGO_HOME: join(home, 'cargo'), CARGO_NET_RETRY: '0' },
    ...{ PIP_RETRIES: '0', npm_config_fetch_retries: '0', BUNDLE_PATH: join(home, 'bundle') },
    ...{ GEM_HOME: join(home, 'gems'), LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
  };
  return run(program, args, { cwd: directory, env });
}
