import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What an ecosystem needs on a machine to build, publish and install, and how to get it there. */
export interface Toolchain {
  /** Id of the ecosystem. */
  readonly ecosystem: string;
  readonly programs: readonly string[];
  /** Debian packages; `a|b` takes the first that the machine's release offers. */
  readonly apt: readonly string[];
  /** Python packages, installed into a private virtual environment. */
  readonly pip: readonly string[];
}

export const toolchains: readonly Toolchain[] = [
  // Debian 12's own cargo is too old for sparse registries; `cargo-web` is its newer build.
  {
    ecosystem: 'cargo',
    programs: ['cargo', 'cc'],
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
    programs: ['ruby', 'gem', 'make'],
    apt: ['ruby', 'ruby-dev', 'ruby-bundler', 'make'],
    pip: [],
  },
];

/** Programs of a toolchain that are not on PATH. */
export function missingPrograms(
  { programs }: Toolchain,
  path = process.env['PATH'] ?? '',
): string[] {
  return programs.filter(
    (program) => !path.split(delimiter).some((directory) => isExecutable(join(directory, program))),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not executable: not this one.
    return false;
  }
}
