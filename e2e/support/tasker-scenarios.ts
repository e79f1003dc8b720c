import { buildScript, coreCrates, type Mode, type TaskerWorkspace } from './tasker';

/** A change, and what one release has to make of it. */
export interface Scenario {
  readonly name: string;
  readonly change: (workspace: TaskerWorkspace, release: () => Promise<unknown>) => Promise<void>;
  readonly expected: Readonly<Record<Mode, Outcome>>;
}

export interface Outcome {
  /** Core crates, gem, wheel and npm package. */
  readonly versions: string;
  /** What the release changes, and nothing else; empty when there is none. */
  readonly files: readonly string[];
  readonly tags: readonly string[];
}

const core = {
  files: [
    'Cargo.lock',
    'Cargo.toml',
    'VERSION',
    ...coreCrates.map((name) => `crates/${name}/Cargo.toml`),
    // Embedded crates follow the core; a pin of a crate that is not released has to as well.
    'crates/tasker-py/Cargo.toml',
    'crates/tasker-rb/ext/tasker_core/Cargo.toml',
    'crates/tasker-ts/Cargo.toml',
    'crates/tasker-runtime/Cargo.toml',
  ],
  tags: ['core-v0.1.9'],
};
const gem = ['crates/tasker-rb/Gemfile.lock', 'crates/tasker-rb/lib/tasker_core/version.rb'];
const wheel = ['crates/tasker-py/pyproject.toml', 'crates/tasker-py/uv.lock'];
const npm = ['crates/tasker-ts/index.js', 'crates/tasker-ts/package.json'];

const start = '0.1.8 0.1.8.2 0.1.8.1 0.1.8';
const nothing: Outcome = { versions: start, files: [], tags: [] };
const everything: Outcome = {
  versions: '0.1.9 0.1.9.0 0.1.9.0 0.1.9',
  files: [...core.files, ...gem, ...wheel, ...npm].sort(),
  tags: [...core.tags, 'python-v0.1.9.0', 'ruby-v0.1.9.0', 'typescript-v0.1.9'],
};
const coreAlone: Outcome = {
  versions: '0.1.9 0.1.8.2 0.1.8.1 0.1.8',
  files: [...core.files].sort(),
  tags: core.tags,
};
const gemAlone: Outcome = {
  versions: '0.1.8 0.1.8.3 0.1.8.1 0.1.8',
  files: [...gem].sort(),
  tags: ['ruby-v0.1.8.3'],
};

const both = (outcome: Outcome): Scenario['expected'] => ({ graph: outcome, triggers: outcome });
const changing =
  (message: string, ...files: string[]): Scenario['change'] =>
  async (workspace) =>
    workspace.change(message, ...files);

const shared = 'crates/tasker-shared/src/lib.rs';
const orchestration = 'crates/tasker-orchestration/src/lib.rs';
const gemCode = 'crates/tasker-rb/lib/tasker_core.rb';

export const scenarios: readonly Scenario[] = [
  { name: 'S1 a crate of all', change: changing('fix: it', shared), expected: both(everything) },
  {
    name: 'S2 a crate of the server',
    change: changing('feat: it', orchestration),
    expected: both(coreAlone),
  },
  { name: 'S3 the gem', change: changing('fix: it', gemCode), expected: both(gemAlone) },
  {
    name: 'S4 a linked crate that no trigger names',
    change: changing('fix: it', 'crates/tasker-client/src/lib.rs'),
    expected: { graph: everything, triggers: coreAlone },
  },
  {
    name: 'S5 the script that builds the gem',
    change: changing('fix: it', buildScript),
    expected: both(gemAlone),
  },
  {
    name: 'S6 the gem, after the server was released alone',
    async change(workspace, release) {
      workspace.change('fix: it', orchestration);
      await release();
      workspace.change('fix: it', gemCode);
    },
    expected: both({
      versions: '0.1.9 0.1.9.0 0.1.8.1 0.1.8',
      files: [...gem].sort(),
      tags: ['core-v0.1.9', 'ruby-v0.1.9.0'],
    }),
  },
  {
    name: 'S7 a crate of all, and the gem',
    async change(workspace) {
      workspace.change('fix: it', shared);
      workspace.change('feat: that', gemCode);
    },
    expected: both(everything),
  },
  {
    name: 'S8 documents and the lock file',
    async change(workspace) {
      workspace.change('fix: words', 'README.md', 'crates/tasker-shared/README.md');
      workspace.change('fix: lock', 'Cargo.lock');
    },
    expected: both(nothing),
  },
  {
    name: 'S9 what one crate inherits from the workspace',
    async change(workspace) {
      inherit(workspace, '1.0');
      workspace.retag();
      inherit(workspace, '1.1');
    },
    expected: both(coreAlone),
  },
];

function inherit(workspace: TaskerWorkspace, version: string): void {
  const root = workspace.read('Cargo.toml').replace(/^serde = .*\n/m, '');
  const crate = workspace.read('crates/tasker-mcp/Cargo.toml').replace(/^serde\..*\n/m, '');
  workspace.write(`fix: serde ${version}`, {
    'Cargo.toml': root.replace(
      '[workspace.dependencies]\n',
      `[workspace.dependencies]\nserde = "${version}"\n`,
    ),
    'crates/tasker-mcp/Cargo.toml': crate.replace(
      '[dependencies]\n',
      '[dependencies]\nserde.workspace = true\n',
    ),
  });
}
