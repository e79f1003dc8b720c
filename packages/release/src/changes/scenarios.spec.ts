import { normalizeFollowers } from '../configuration/followers';
import {
  scripts,
  startTags,
  taskerFiles,
  taskerHistory,
  triggers,
  buildScript,
  decisionsOf,
  dueOf,
} from './testing/tasker';
import type { Step } from './testing/memory-history';

const before = taskerFiles();
const source = (crate: string): Step => ({
  message: `fix: change ${crate}`,
  files: { [`crates/tasker-${crate}/src/lib.rs`]: 'pub fn changed() {}\n' },
});
const gem: Step = {
  message: 'fix: change the gem',
  files: {
    'crates/tasker-rb/lib/tasker_core.rb': "require_relative 'tasker_core/version'\n# more\n",
  },
};
const replaced = (file: string, from: string | RegExp, to: string): Record<string, string> => ({
  [file]: (before[file] ?? '').replaceAll(from, to),
});
/** What a release of the core group writes, bindings' pins and embedded crates included. */
const released: Step = {
  message: 'chore(release): publish',
  tags: ['core-v0.1.9'],
  files: Object.fromEntries(
    Object.entries(before)
      .filter(([file]) => /(?:Cargo\.toml|Cargo\.lock|VERSION)$/.test(file))
      .map(([file, text]) => [file, text.replaceAll('0.1.8', '0.1.9')]),
  ),
};
const followers = normalizeFollowers({
  core: [
    'VERSION',
    'Cargo.toml',
    'crates/tasker-rb/ext/tasker_core/Cargo.toml',
    'crates/tasker-py/Cargo.toml',
    'crates/tasker-ts/Cargo.toml',
  ],
});

interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly graph: string;
  readonly triggered: string;
}

const all = 'core rb py ts';
const scenarios: readonly Scenario[] = [
  ...['pgmq', 'shared', 'worker'].map((crate) => ({
    name: `S1 ${crate}`,
    steps: [source(crate)],
    graph: all,
    triggered: all,
  })),
  ...['orchestration', 'ctl', 'sdk', 'mcp'].map((crate) => ({
    name: `S2 ${crate}`,
    steps: [source(crate)],
    graph: 'core',
    triggered: 'core',
  })),
  { name: 'S3 the gem', steps: [gem], graph: 'rb', triggered: 'rb' },
  {
    name: 'S3 its extension',
    steps: [
      { message: 'fix: x', files: { 'crates/tasker-rb/ext/tasker_core/src/lib.rs': '// new\n' } },
    ],
    graph: 'rb',
    triggered: 'rb',
  },
  { name: 'S4 client', steps: [source('client')], graph: all, triggered: 'core' },
  {
    name: 'S5 the build script',
    steps: [{ message: 'fix: build', files: { [buildScript]: 'cargo build --release\n' } }],
    graph: 'rb',
    triggered: 'rb',
  },
  {
    name: 'S2 released, nothing more',
    steps: [source('orchestration'), released],
    graph: '',
    triggered: '',
  },
  {
    name: 'S6 the gem after S2 was released',
    steps: [source('orchestration'), released, gem],
    graph: 'rb',
    triggered: 'rb',
  },
  { name: 'S7 shared and the gem', steps: [source('shared'), gem], graph: all, triggered: all },
  { name: 'S8 nothing', steps: [], graph: '', triggered: '' },
  {
    name: 'S8 documents',
    steps: [{ message: 'docs: more', files: { 'crates/tasker-shared/README.md': 'more\n' } }],
    graph: '',
    triggered: '',
  },
  {
    name: 'S8 the lock file',
    steps: [
      { message: 'chore: lock', files: replaced('Cargo.lock', 'version = 4', 'version = 5') },
    ],
    graph: '',
    triggered: '',
  },
  {
    name: 'a change and its revert',
    steps: [
      source('shared'),
      { message: 'revert: it', files: replaced('crates/tasker-shared/src/lib.rs', /$^/g, '') },
    ],
    graph: '',
    triggered: '',
  },
];

describe('S9, another version of a dependency that a workspace root hands down', () => {
  const root = (version: string): Record<string, string> => ({
    'Cargo.toml': (before['Cargo.toml'] ?? '').replace(
      '[dev-dependencies]',
      `serde = "${version}"\n\n[dev-dependencies]`,
    ),
  });
  const inherits = (crate: string): Record<string, string> => {
    const file = `crates/tasker-${crate}/Cargo.toml`;
    const text = before[file] ?? '';
    return { [file]: text.replace('[dependencies]', '[dependencies]\nserde.workspace = true') };
  };
  const bump: Step = { message: 'build: serde 1.1', files: root('1.1') };
  const dueAfter = async (...crates: string[]): Promise<string> => {
    const start = Object.assign({}, root('1.0'), ...crates.map(inherits)) as Step['files'];
    const history = taskerHistory(
      [{ message: 'Start again', files: start ?? {}, tags: startTags }, bump],
      [],
    );
    return dueOf((await decisionsOf(history)).decisions);
  };

  it.each([
    [[], ''],
    [['example-rs'], ''],
    [['mcp'], 'core'],
    [['pgmq', 'mcp'], 'core rb py ts'],
    [['ts'], 'ts'],
  ])('where %j inherit it, makes due: %s', async (crates, due) => {
    expect(await dueAfter(...crates)).toBe(due);
  });
});

describe.each([
  ['by the graph', scripts],
  ['by triggers', triggers],
] as const)('what is due %s', (mode, options) => {
  it.each(scenarios)('$name', async ({ steps, graph, triggered }) => {
    const { decisions, problems } = await decisionsOf(taskerHistory(steps), {
      triggers: options,
      followers,
    });
    expect(problems).toEqual([]);
    expect(dueOf(decisions)).toBe(mode === 'by the graph' ? graph : triggered);
  });
});
