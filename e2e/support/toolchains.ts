import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What an ecosystem needs on a machine to build, publish and install, and how to get it there. */
export interface Toolchain {
  /** Id of the ecosystem. */
  readonly ecosystem: string;
  readonly programs: readonly string[];
  /** What the programs alone do not show. */
  readonly probes?: readonly Probe[];
  /** Debian packages; `a|b` takes the first that the machine's release offers. */
  readonly apt: readonly string[];
  /** Python packages, installed into a private virtual environment. */
  readonly pip: readonly string[];
}

/** Runs once all programs are there; ends with 0 where `name` is there as well. */
interface Probe {
  readonly name: string;
  readonly argv: readonly string[];
}

export const toolchains: readonly Toolchain[] = [
  // Debian 12's own cargo is too old for sparse registries; `cargo-web` is its newer build.
  {
    ecosystem: 'cargo',
    programs: ['cargo', 'cc'],
    probes: [
      { name: 'cargo 1.90 or later', argv: ['cargo', 'publish', '--workspace', '-h'] },
      {
        name: 'headers of the C library',
        argv: ['cc', '-E', '-include', 'stdio.h', '-xc', '/dev/null'],
      },
    ],
    apt: ['cargo-web|cargo', 'gcc', 'libc6-dev'],
    pip: [],
  },
  { ecosystem: 'npm', programs: ['npm'], apt: [], pip: [] },
  {
    ecosystem: 'pypi',
    programs: ['python3', 'uv', 'maturin', 'twine'],
    apt: ['python3', 'python3-venv'],
    pip: ['uv', 'maturin', 'twine'],
  },
  { ecosystem: 'hex', programs: ['elixir', 'mix'], apt: ['elixir', 'erlang-dev'], pip: [] },
  { ecosystem: 'hackage', programs: ['ghc', 'cabal'], apt: ['ghc', 'cabal-install'], pip: [] },
  {
    ecosystem: 'rubygems',
    programs: ['ruby', 'gem', 'bundle', 'make'],
    probes: [
      {
        name: 'headers of Ruby',
        argv: ['ruby', '-e', 'exit File.exist?(RbConfig::CONFIG["rubyhdrdir"] + "/ruby.h")'],
      },
    ],
    apt: ['ruby', 'ruby-dev', 'ruby-bundler', 'make'],
    pip: [],
  },
];

/** What only tests need: a machine without it can do everything of every ecosystem. Suites ask for it by name. */
export const furtherTools: readonly Toolchain[] = [
  // What looks at the pages of the registry.
  { ecosystem: 'browser', programs: ['chromium'], apt: ['chromium'], pip: [] },
  // The other client of Hex.
  { ecosystem: 'rebar3', programs: ['rebar3', 'escript', 'erl'], apt: ['rebar3'], pip: [] },
];

/** Programs of a toolchain that are not on PATH; when they all are, what its probes miss. */
export function missingTools(toolchain: Toolchain, path = process.env['PATH'] ?? ''): string[] {
  const missing = missingPrograms(toolchain, path);
  if (missing.length > 0) return missing;
  const env = { ...process.env, PATH: path };
  return (toolchain.probes ?? [])
    .filter(({ argv: [program = '', ...args] }) => {
      return spawnSync(program, args, { env, stdio: 'ignore' }).status !== 0;
    })
    .map(({ name }) => name);
}

function missingPrograms({ programs }: Toolchain, path: string): string[] {
  return programs.filter(
    (program) => !path.split(delimiter).some((directory) => isExecutable(join(directory, program))),
  );
}

/** Whether a file is there and may be run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not executable: not this one.
    return false;
  }
}
