import type { Triggers } from '../../configuration/triggers';
import { ignoredByDefault } from '../../configuration/triggers';
import type { ForgeError } from '@forge/ecosystems';
import { fixture, loadFiles, memoryReader } from '../../graph/testing/memory-workspace';
import { decideRelease, type Decision, type ReleaseQuestion } from '../decide-release';
import type { NxProjects, ReleaseGroup } from '../release-group';
import { memoryHistory, type MemoryHistory, type Step } from './memory-history';

const crates = ['pgmq', 'shared', 'client', 'orchestration', 'sdk', 'worker', 'ctl', 'mcp'];

export const buildScript = 'tools/scripts/ffi-build/build-ruby.sh';

/** The release groups of the tasker workspace: eight crates together, three bindings on their own. */
export const groups: readonly ReleaseGroup[] = [
  {
    name: 'core',
    isFixed: true,
    projects: crates.map((name) => `tasker-${name}`),
    tagPattern: 'core-v{version}',
  },
  ...[
    ['ruby', 'tasker-rb'],
    ['python', 'tasker-py'],
    ['typescript', 'tasker-ts'],
  ].map(([name = '', project = '']) => ({
    name,
    isFixed: false,
    projects: [project],
    tagPattern: `${name}-v{version}`,
  })),
];

const on = ['tasker-pgmq', 'tasker-shared', 'tasker-worker'];

/** What makes a binding due where linked code alone does not. */
export const triggers: Triggers = {
  ruby: { on, own: ['crates/tasker-rb/**', buildScript] },
  python: { on, own: ['crates/tasker-py/**'] },
  typescript: { on, own: ['crates/tasker-ts/**'] },
};

/** In graph mode, scripts outside of the project have to be named all the same. */
export const scripts: Triggers = { ruby: { own: [buildScript] } };

/** The fixture at 0.1.8, the gem at 0.1.8.2, the wheel at 0.1.8.1, the npm package at 0.1.8. */
export function taskerFiles(): Record<string, string> {
  const files = fixture('tasker');
  const replace = (file: string, from: RegExp, to: string): void => {
    files[file] = (files[file] ?? '').replaceAll(from, to);
  };
  replace('crates/tasker-rb/lib/tasker_core/version.rb', /'0\.1\.10'/g, "'0.1.8.2'");
  replace('crates/tasker-rb/Gemfile.lock', /\(0\.1\.10\)/g, '(0.1.8.2)');
  replace('crates/tasker-py/pyproject.toml', /^version = "0\.1\.8"/gm, 'version = "0.1.8.1"');
  replace('crates/tasker-py/uv.lock', /^version = "0\.1\.8"/gm, 'version = "0.1.8.1"');
  replace('crates/tasker-ts/package.json', /0\.1\.10/g, '0.1.8');
  replace('crates/tasker-ts/index.js', /0\.1\.10/g, '0.1.8');
  files[buildScript] = 'make build\n';
  return files;
}

export const startTags = [
  'core-v0.1.8',
  'ruby-v0.1.8.2',
  'python-v0.1.8.1',
  'typescript-v0.1.8',
] as const;

/** The workspace as it was released, and what came after. */
export function taskerHistory(
  after: readonly Step[],
  tags: readonly string[] = startTags,
): MemoryHistory {
  return memoryHistory([{ message: 'Start', files: taskerFiles(), tags }, ...after]);
}

export async function decisionsOf(
  history: MemoryHistory,
  options: Partial<ReleaseQuestion> = {},
): Promise<{ readonly decisions: readonly Decision[]; readonly problems: readonly ForgeError[] }> {
  const model = loadFiles(history.files);
  const roots = new Map([...model.projects.values()].map(({ name, root }) => [name, root]));
  const nx: NxProjects = { roots, needs: new Map() };
  const decided = await decideRelease({
    groups,
    nx,
    model,
    reader: memoryReader(history.files),
    history,
    live: async () => undefined,
    triggers: scripts,
    followers: [],
    ignoredChanges: ignoredByDefault,
    conventions: {},
    ...options,
  });
  return decided.ok
    ? { decisions: decided.value, problems: [] }
    : { decisions: [], problems: decided.problems };
}

/** `core rb py ts`: those of them that are due. */
export function dueOf(decisions: readonly Decision[]): string {
  const names = decisions
    .filter(({ isDue }) => isDue)
    .map(({ project }) => (project.group.isFixed ? project.group.name : project.name));
  return [...new Set(names)].map((name) => name.replace('tasker-', '')).join(' ');
}
