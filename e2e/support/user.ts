import { join } from 'node:path';
import type { RegistryProcess } from './registry-process';
import { run, userEnvironment, type RunResult } from './run';
import type { TemporaryWorkspace } from './workspace';

/** Runs the Nx that is installed in a workspace. */
export type Nx = (...args: readonly string[]) => Promise<RunResult>;

/** Where nothing listens: for suites that must not reach any registry. */
const nowhere = { url: 'http://127.0.0.1:9', token: 'unused' };

/** A user's shell in a workspace. Exit codes are left to the caller. */
export function nxIn(
  { root }: TemporaryWorkspace,
  registry: Pick<RegistryProcess, 'url' | 'token'> = nowhere,
  env: Readonly<Record<string, string>> = {},
): Nx {
  return (...args) =>
    run(join(root, 'node_modules/.bin/nx'), args, {
      cwd: root,
      env: { ...userEnvironment(registry, process.env['PATH'] ?? ''), ...env },
    });
}

/** What `nx show project --json` says, as far as the suites look at it. */
export interface ShownProject {
  readonly root: string;
  readonly targets: Readonly<
    Record<
      string,
      {
        readonly executor?: string;
        readonly options?: Readonly<Record<string, unknown>>;
        readonly dependsOn?: readonly unknown[];
      }
    >
  >;
  readonly metadata: {
    readonly forge?: {
      readonly packages: readonly {
        readonly ecosystem: string;
        readonly name: string;
        readonly version: string | null;
        readonly role: string;
      }[];
      readonly problems: readonly {
        readonly code: string;
        readonly file: string;
        readonly line?: number;
        readonly message: string;
      }[];
    };
  };
}

/** Everything that Nx knows of a workspace, by one run. */
export interface ShownGraph {
  readonly nodes: Readonly<Record<string, { readonly data: ShownProject }>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}
