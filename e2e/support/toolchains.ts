import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What an ecosystem needs on a machine to build, publish and install, and how to get it there. */
export interface Toolchain {
  /** Id of the ecosystem. */
  readonly ecosystem: string;
  readonly programs: readonly string[];
  /** Debian packages. */
  readonly apt: readonly string[];
  /** Python packages, installed into a private virtual environment. */
  readonly pip: readonly string[];
}

export const toolchains: readonly Toolchain[] = [
  { ecosystem: 'cargo', programs: ['cargo'], apt: ['cargo'], pip: [] },
  { ecosystem: 'npm', programs: ['npm'], apt: [], pip: [] },
  {
    ecosystem: 'pypi',
    programs: ['python3', 'uv', 'maturin', 'twine'],
    apt: ['python3', 'python3-venv'],
    pip: ['uv', 'maturin', 'build', 'twine'],
  },
  {
    ecosystem: 'hex',
    programs: ['elixir', 'mix'],
    apt: ['elixir', 'erlang-dev', 'erlang-parsetools', 'erlang-crypto', 'erlang-public-key', 'erlang-ssl', 'erlang-inets'],
    pip: [],
  },
  { ecosystem: 'hackage', programs: ['ghc', 'cabal'], apt: ['ghc', 'cabal-install'], pip: [] },
  { ecosystem: 'rubygems', programs: ['ruby', 'gem'], apt: ['ruby', 'ruby-dev', 'ruby-bundler', 'make'], pip: [] },
];

/** Programs of a toolchain that are not on PATH. */
export function missingPrograms({ programs }: Toolchain, path = process.env['PATH'] ?? ''): string[] {
  return programs.filter((program) => !path.split(delimiter).some((directory) => isExecutable(join(directory, program))));
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
