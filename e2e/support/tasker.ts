import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository';
import { run, succeeded, userEnvironment, type RunResult } from './run';
import { copyWorkspace, writeInto, type TemporaryWorkspace } from './workspace';

const fixture = join(repository, 'packages/release/src/graph/fixtures/tasker');

export const coreCrates = [
  'client',
  'ctl',
  'mcp',
  'orchestration',
  'pgmq',
  'sdk',
  'shared',
  'worker',
].map((name) => `tasker-${name}`);

/** What makes a binding due: everything that it is made of, or what its trigger names. */
export type Mode = 'graph' | 'triggers';

/** Where bumps come from. */
export type Source = 'conventional commits' | 'version plans';

export interface Variant {
  readonly mode: Mode;
  readonly source: Source;
  /** Tags of the state that everything starts from. */
  readonly tags?: readonly string[];
  /** Changes nx.json before the first commit. */
  readonly configure?: (nxJson: NxJson) => void;
  /** Changes files before the first commit; what has to be there already is asserted. */
  readonly prepare?: (edit: Edit, write: (file: string, text: string) => void) => void;
  /** Instead of one that does not answer. */
  readonly registry?: { readonly url: string; readonly token: string };
}

/** The parts of nx.json that variants change. */
export interface NxJson {
  readonly plugins: [{ readonly options: { triggers: Record<string, unknown> } }];
  readonly release: {
    readonly version: Record<string, unknown>;
    readonly groups: Record<string, Record<string, unknown>>;
  };
}

export type Edit = (file: string, change: (text: string) => string) => void;

export const buildScript = 'tools/scripts/ffi-build/build-ruby.sh';
export const startTags = ['core-v0.1.8', 'ruby-v0.1.8.2', 'python-v0.1.8.1', 'typescript-v0.1.8'];
const pristine = 'refs/forge/start';

/** A repository of the shape of tasker, released once, that can be put back to that state. */
export class TaskerWorkspace {
  private constructor(
    private readonly workspace: TemporaryWorkspace,
    private readonly tags: readonly string[],
    private readonly registry = { url: 'http://127.0.0.1:9', token: 'unused' },
  ) {}

  static create(variant: Variant): TaskerWorkspace {
    const workspace = copyWorkspace(fixture);
    const edit: Edit = (file, change) => {
      const path = join(workspace.root, file);
      const before = readFileSync(path, 'utf8');
      const after = change(before);
      if (after === before) throw new Error(`${file} stays as it is`);
      writeFileSync(path, after);
    };
    startVersions(edit);
    writeInto(workspace.root, buildScript, 'cargo build\n');
    writeInto(
      workspace.root,
      '.gitignore',
      'target/\nnode_modules\n.nx/cache\n.nx/workspace-data\n.forge/\n',
    );
    const nxJson = nxJsonOf(variant);
    variant.configure?.(nxJson);
    writeInto(workspace.root, 'nx.json', `${JSON.stringify(nxJson, null, 2)}\n`);
    variant.prepare?.(edit, (file, text) => writeInto(workspace.root, file, text));
    // Nothing may go by the first commit: by Nx's own reckoning it would be a major release of everything.
    workspace.commit('feat!: start');
    workspace.git('update-ref', pristine, 'HEAD');
    const tasker = new TaskerWorkspace(workspace, variant.tags ?? startTags, variant.registry);
    tasker.reset();
    return tasker;
  }

  get root(): string {
    return this.workspace.root;
  }

  /** Back to the start, whatever was released since. */
  reset(): void {
    const { git } = this.workspace;
    git('reset', '--quiet', '--hard', pristine);
    git('clean', '--quiet', '-fd');
    const others = git('tag')
      .split('\n')
      .filter((tag) => tag !== '' && !this.tags.includes(tag));
    this.updateRefs(others.map((tag) => `delete refs/tags/${tag}`));
    this.retag();
  }

  git(...args: readonly string[]): string {
    return this.workspace.git(...args).trim();
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** Appends a line to files, new ones included, and commits. */
  change(message: string, ...files: readonly string[]): void {
    for (const file of files) {
      const before = this.git('ls-files', file) === '' ? '' : this.read(file);
      writeInto(this.root, file, `${before}\n`);
    }
    this.workspace.commit(message);
  }

  /** Commits everything as it stands. */
  commit(message: string): void {
    this.workspace.commit(message);
  }

  /** Writes files and commits. */
  write(message: string, files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) writeInto(this.root, file, text);
    this.workspace.commit(message);
  }

  /** Says that the present state is the one that was released. */
  retag(): void {
    this.updateRefs(this.tags.map((tag) => `update refs/tags/${tag} HEAD`));
  }

  /** All at once, in one process. */
  private updateRefs(commands: readonly string[]): void {
    const input = commands.map((command) => `${command}\n`).join('');
    if (input !== '') execFileSync('git', ['update-ref', '--stdin'], { cwd: this.root, input });
  }

  /** Versions of the core crates (once if they agree), of the gem, the wheel and the npm package. */
  versions(): string {
    const version = (file: string, pattern: RegExp): string =>
      pattern.exec(this.read(file))?.[1] ?? `none in ${file}`;
    const core = coreCrates.map((name) =>
      version(`crates/${name}/Cargo.toml`, /^version = "([^"]+)"/m),
    );
    return [
      ...new Set([...core, this.read('VERSION').trim()]),
      version('crates/tasker-rb/lib/tasker_core/version.rb', / VERSION = '([^']+)'/),
      version('crates/tasker-py/pyproject.toml', /^version = "([^"]+)"/m),
      version('crates/tasker-ts/package.json', /"version": "([^"]+)"/),
    ].join(' ');
  }

  nx(...args: readonly string[]): Promise<RunResult> {
    return run(join(repository, 'node_modules/.bin/nx'), args, {
      cwd: this.root,
      env: userEnvironment(this.registry, process.env['PATH'] ?? ''),
    });
  }

  /** Runs the planner and commits what it writes. */
  async plan(...args: readonly string[]): Promise<string> {
    const output = succeeded(await this.nx('g', '@forge/release:plan', ...args));
    if (this.git('status', '--porcelain') !== '') this.workspace.commit('chore: plan');
    return output;
  }

  async release(...args: readonly string[]): Promise<string> {
    return succeeded(await this.nx('release', '--skip-publish', ...args));
  }

  /** Everything that the last release changed, without the version plans that it used up. */
  releasedFiles(): string[] {
    return this.git('diff', '--name-only', 'HEAD^', 'HEAD')
      .split('\n')
      .filter((file) => file !== '' && !file.startsWith('.nx/version-plans/'))
      .sort();
  }

  /** Tags that are new since the start, sorted. */
  newTags(): string[] {
    return this.git('tag')
      .split('\n')
      .filter((tag) => tag !== '' && !this.tags.includes(tag));
  }

  remove(): void {
    this.workspace.remove();
  }
}

/** The core crates at 0.1.8, the gem at 0.1.8.2, the wheel at 0.1.8.1, the npm package at 0.1.8. */
function startVersions(edit: Edit): void {
  const replace = (from: RegExp, to: string) => (text: string) => text.replace(from, to);
  edit('crates/tasker-rb/lib/tasker_core/version.rb', replace(/'0\.1\.10'/, "'0.1.8.2'"));
  edit('crates/tasker-rb/Gemfile.lock', replace(/\(0\.1\.10\)/, '(0.1.8.2)'));
  edit('crates/tasker-py/pyproject.toml', replace(/^version = "0\.1\.8"/m, 'version = "0.1.8.1"'));
  edit('crates/tasker-py/uv.lock', replace(/^version = "0\.1\.8"/m, 'version = "0.1.8.1"'));
  edit('crates/tasker-ts/package.json', replace(/0\.1\.10/, '0.1.8'));
  edit('crates/tasker-ts/index.js', replace(/0\.1\.10/g, '0.1.8'));
}

const on = ['tasker-pgmq', 'tasker-shared', 'tasker-worker'];

function nxJsonOf({ mode, source }: Variant): NxJson {
  const byCommits = source === 'conventional commits';
  const binding = (project: string, name: string, versionActionsOptions: object): object => ({
    projectsRelationship: 'independent',
    projects: [project],
    releaseTag: { pattern: `${name}-v{version}`, requireSemver: false },
    version: { versionActionsOptions },
  });
  const options = {
    followers: {
      core: [
        'VERSION',
        'Cargo.toml',
        'crates/tasker-rb/ext/tasker_core/Cargo.toml',
        'crates/tasker-py/Cargo.toml',
        'crates/tasker-ts/Cargo.toml',
      ],
      typescript: [
        { file: 'crates/tasker-ts/index.js', pattern: "'{version}'|expected {version}" },
      ],
    },
    triggers:
      mode === 'graph'
        ? { ruby: { own: [buildScript] } }
        : {
            ruby: { on, own: ['crates/tasker-rb/**', buildScript] },
            python: { on, own: ['crates/tasker-py/**'] },
            typescript: { on, own: ['crates/tasker-ts/**'] },
          },
  };
  const release = {
    changelog: { workspaceChangelog: false },
    ...(byCommits ? {} : { versionPlans: true }),
    version: byCommits
      ? { specifierSource: 'conventional-commits', currentVersionResolver: 'git-tag' }
      : { currentVersionResolver: 'disk' },
    groups: {
      core: {
        projectsRelationship: 'fixed',
        projects: coreCrates,
        releaseTag: { pattern: 'core-v{version}' },
        version: { versionActionsOptions: { scheme: 'patch-only' } },
      },
      ruby: binding('tasker-rb', 'ruby', { scheme: 'core-patch', core: 'core' }),
      python: binding('tasker-py', 'python', { scheme: 'core-patch', core: 'core' }),
      typescript: binding('tasker-ts', 'typescript', {
        scheme: 'follow',
        core: 'core',
        recordCore: 'package.json#/tasker/core',
      }),
    },
  };
  return { plugins: [{ plugin: '@forge/release', options }], release } as unknown as NxJson;
}
