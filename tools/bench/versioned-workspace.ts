import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../e2e/support/repository';
import { writeWorkspace as gitWorkspace } from '../../e2e/support/workspace';
import { processorTimeOfChildren } from './processor-time';
import { writeWorkspace, type Template } from './workspaces';

/** Who answers Nx: this plugin, nobody, or a list of the finished files. */
export type Actions = 'ours' | 'empty' | 'replayed';

/** Milliseconds of one whole process, its children included. */
export interface RunTime {
  /** User and system time on processors. */
  readonly cpu: number;
  readonly wall: number;
}

export interface VersionedWorkspace {
  /** `nx release version patch --dry-run`. Throws when it does not do what it should. */
  dryRun(actions: Actions): RunTime;
  remove(): void;
}

/**
 * What `init` sets up. Staging is off: Nx 23.2 starts `git check-ignore` for every changed file, one after the
 * other, also in a dry run, whatever the version actions are.
 */
const nxJson = {
  plugins: ['@forge/release'],
  neverConnectToCloud: true,
  release: {
    projects: ['tag:forge:published'],
    projectsRelationship: 'independent',
    changelog: { automaticFromRef: true },
    version: { git: { stageChanges: false } },
  },
};

const expected: Readonly<Record<Actions, RegExp>> = {
  ours: /^Release plan .*: \d{3,} packages, \d{3,} edits/m,
  empty: /No files would be changed/,
  replayed: /^UPDATE /m,
};

/** A committed workspace of `count` packages, which is versioned once for real and put back. */
export function versionedWorkspace(
  templates: readonly Template[],
  count: number,
): VersionedWorkspace {
  const { root, commit, git, remove } = gitWorkspace({});
  const scratch = mkdtempSync(join(tmpdir(), 'forge-bench-'));
  const changes = join(scratch, 'changes.json');
  writeWorkspace(root, templates, count);
  writeFileSync(join(root, 'nx.json'), `${JSON.stringify(nxJson, null, 2)}\n`);
  commit('Add packages');
  const release = (actions: Actions, ...args: readonly string[]): string =>
    nx(['release', 'version', 'patch', ...args], {
      ...{ root, scratch },
      env: environment(actions, changes),
    });
  release('ours');
  const changed = git('diff', '--name-only').split('\n').filter(Boolean);
  const texts = changed.map((file) => [file, readFileSync(join(root, file), 'utf8')]);
  writeFileSync(changes, JSON.stringify(Object.fromEntries(texts)));
  git('checkout', '--quiet', '.');
  return {
    dryRun(actions) {
      const [cpu, wall] = [processorTimeOfChildren(), performance.now()];
      const output = release(actions, '--dry-run');
      const time = { cpu: processorTimeOfChildren() - cpu, wall: performance.now() - wall };
      if (!expected[actions].test(output))
        throw new Error(`${actions}: no release\n${output.slice(-2000)}`);
      return time;
    },
    remove() {
      remove();
      rmSync(scratch, { recursive: true });
    },
  };
}

interface Surroundings {
  readonly root: string;
  /** Beside the workspace, for what must not lie in it. */
  readonly scratch: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Output goes to a file: a megabyte of it through a pipe would also measure the reader. */
function nx(args: readonly string[], { root, scratch, env }: Surroundings): string {
  const program = join(repository, 'node_modules/.bin/nx');
  const file = join(scratch, 'output.txt');
  const output = openSync(file, 'w');
  const { status } = spawnSync(program, args, {
    cwd: root,
    env,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const text = readFileSync(file, 'utf8');
  if (status === 0) return text;
  throw new Error(`nx ${args.join(' ')} ends with ${status}\n${text.slice(-2000)}`);
}

/** Without the daemon, as in CI: every run infers the workspace anew, in a worker of its own. */
function environment(actions: Actions, changes: string): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return {
    ...{ PATH, HOME, LC_ALL: 'C.UTF-8', NO_COLOR: 'true' },
    ...{ NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' },
    NODE_OPTIONS: `--require=${join(__dirname, 'choose-actions.cjs')}`,
    BENCH_ACTIONS: actions === 'ours' ? '' : join(__dirname, `${actions}-actions.cjs`),
    BENCH_CHANGES: changes,
  };
}
