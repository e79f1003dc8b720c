import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistryProcess, type RegistryProcess } from './registry-process';
import { run, runOk, type RunResult } from './run';
import { writeInto } from './workspace';

/** A registry with two users beside its own, and a directory in which their tools run. */
export interface RegistryYard {
  readonly registry: RegistryProcess;
  readonly directory: string;
  /** Writes files below a directory of the yard and answers its absolute path. */
  write(directory: string, files: Readonly<Record<string, string>>): string;
  /** Runs a program in a directory of the yard, in a home of its own; exit codes are left to the caller. */
  run(argv: readonly string[], options?: ToolOptions): Promise<RunResult>;
  /** The same; rejects when the exit code is not 0. */
  runOk(argv: readonly string[], options?: ToolOptions): Promise<string>;
  stop(): Promise<void>;
}

export interface ToolOptions {
  /** Below the yard; its root by default. */
  readonly in?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `options` are further ones of the registry's command line; `database` is the URL of a PostgreSQL one. */
export async function openRegistryYard(
  options: readonly string[] = [],
  database?: string,
): Promise<RegistryYard> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-yard-')));
  const registry = await startRegistryProcess(['alice', 'bob'], options, database);
  const rustup = process.env['RUSTUP_HOME'] ?? join(process.env['HOME'] ?? '', '.rustup');
  const base = {
    PATH: process.env['PATH'] ?? '',
    HOME: join(directory, 'home'),
    RUSTUP_HOME: rustup,
    CARGO_HOME: join(directory, 'home/cargo'),
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
  };
  mkdirSync(base.HOME);
  const settings = ({ in: where = '', env = {} }: ToolOptions) => ({
    cwd: join(directory, where),
    env: { ...base, ...env },
  });
  return {
    registry,
    directory,
    write(where, files) {
      const root = join(directory, where);
      mkdirSync(root, { recursive: true });
      for (const [file, content] of Object.entries(files)) writeInto(root, file, content);
      return root;
    },
    run: ([program = '', ...args], more = {}) => run(program, args, settings(more)),
    runOk: ([program = '', ...args], more = {}) => runOk(program, args, settings(more)),
    async stop() {
      await registry.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
