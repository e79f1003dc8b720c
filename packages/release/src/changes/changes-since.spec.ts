import { normalizeFollowers } from '../configuration/followers';
import { memoryHistory, type Step } from './testing/memory-history';
import {
  decisionsOf,
  dueOf,
  startTags,
  taskerFiles,
  taskerHistory,
  triggers,
} from './testing/tasker';

const files = taskerFiles();
const edit = (file: string, from: string, to: string, message = 'fix: it'): Step => {
  const before = files[file] ?? '';
  if (!before.includes(from)) throw new Error(`${file} holds no ${from}`);
  return { message, files: { [file]: before.replace(from, to) } };
};
const due = async (steps: readonly Step[], options: Parameters<typeof decisionsOf>[1] = {}) =>
  dueOf((await decisionsOf(taskerHistory(steps), options)).decisions);

describe('changes that count', () => {
  const ext = 'crates/tasker-rb/ext/tasker_core/Cargo.toml';

  it('are none where a version or a pin goes up, whoever wrote it', async () => {
    expect(await due([edit(ext, 'version = "0.1.8"', 'version = "0.1.9"')])).toBe('');
    const pin = '"../../../tasker-worker", version = "=0.1.8"';
    expect(await due([edit(ext, pin, pin.replace('=0.1.8', '=0.1.7'))])).toBe('');
    expect(await due([edit('crates/tasker-rb/Gemfile.lock', '0.1.8.2', '0.1.8.1')])).toBe('');
  });

  it('are one where a pin becomes a range', async () => {
    const pin = '"../../../tasker-worker", version = "=0.1.8"';
    expect(await due([edit(ext, pin, pin.replace('=0.1.8', '^0.1.8'))])).toBe('rb');
  });

  it('are one where a manifest says something else beside its version', async () => {
    const both = edit(ext, 'version = "0.1.8"', 'version = "0.1.9"\nauthors = []');
    expect(await due([both])).toBe('rb');
  });

  it('are none where only a follower of a group moves', async () => {
    const step = edit('crates/tasker-ts/index.js', 'expected 0.1.8 but', 'expected 0.1.9 but');
    expect(await due([step])).toBe('ts');
    const followers = normalizeFollowers({
      core: [{ file: 'crates/tasker-ts/index.js', pattern: 'expected {version}' }],
    });
    expect(await due([step], { followers })).toBe('');
    const more = { ...step.files, 'crates/tasker-ts/index.js': '// expected 0.1.9\n' };
    expect(await due([{ message: 'fix: it', files: more }], { followers })).toBe('ts');
  });

  it('include what a symbolic link points at', async () => {
    const steps = [
      { message: 'Start', files, tags: startTags },
      { message: 'feat: table', files: { 'migrations/0002_more.sql': 'select 1;\n' } },
    ];
    const target = '../../migrations';
    const links = [
      { path: 'crates/tasker-mcp/migrations', target },
      { path: 'crates/tasker-rb/dangling', target: '../../no/such' },
      { path: 'crates/tasker-py/outside', target: '../../../elsewhere' },
    ];
    const { decisions } = await decisionsOf(memoryHistory(steps, { links }));
    expect(dueOf(decisions)).toBe('core');
  });

  it('are what the option leaves', async () => {
    const readme = edit('crates/tasker-mcp/README.md', 'tasker', 'Tasker');
    expect(await due([readme])).toBe('');
    expect(await due([readme], { ignoredChanges: [] })).toBe('core');
    expect(
      await due([edit('crates/tasker-mcp/src/main.rs', 'fn', 'pub fn')], {
        ignoredChanges: ['crates/*/src/main.rs'],
      }),
    ).toBe('');
  });

  it('include files that are new, gone, or no text', async () => {
    const image = { 'crates/tasker-mcp/logo.bin': '\0\0' };
    expect(await due([{ message: 'feat: logo', files: image }])).toBe('core');
    expect(
      await due([{ message: 'fix: less', files: { 'crates/tasker-mcp/src/main.rs': null } }]),
    ).toBe('core');
  });
});

describe('what Nx knows beside the manifests', () => {
  it('counts as compiled in', async () => {
    const history = taskerHistory([
      edit('crates/tasker-grammar/src/lib.rs', 'pub fn', 'pub unsafe fn'),
    ]);
    expect(dueOf((await decisionsOf(history)).decisions)).toBe('');
    const { decisions } = await decisionsOf(history);
    const roots = new Map(decisions.map(({ project }) => [project.name, project.root]));
    roots.set('tasker-grammar', 'crates/tasker-grammar');
    const needs = new Map([['tasker-ts', ['tasker-grammar']]]);
    const again = await decisionsOf(history, { nx: { roots, needs }, triggers: {} });
    expect(dueOf(again.decisions)).toBe('ts');
  });
});

describe('a trigger', () => {
  const ruby = async (steps: readonly Step[], trigger = triggers['ruby'] ?? {}) => {
    const { decisions } = await decisionsOf(taskerHistory(steps), { triggers: { ruby: trigger } });
    const found = decisions.find(({ project }) => project.name === 'tasker-rb');
    const paths = found?.changes.passedOver.map(({ path }) => path);
    return { due: found?.isDue, passedOver: paths };
  };
  const client = edit('crates/tasker-client/src/lib.rs', 'pub fn', 'pub unsafe fn');
  const extension = edit('crates/tasker-rb/ext/tasker_core/extconf.rb', 'mkmf', 'mkmf-rice');

  it('passes over linked code that it does not name, and says so', async () => {
    const passedOver = ['crates/tasker-client/src/lib.rs'];
    expect(await ruby([client])).toEqual({ due: false, passedOver });
  });

  it('takes the files of the project where it names none as its own', async () => {
    expect(await ruby([extension], { on: ['tasker-worker'] })).toMatchObject({ due: true });
    expect(await ruby([client], { on: ['tasker-worker'] })).toMatchObject({ due: false });
    const own = ['tools/**'];
    expect(await ruby([extension], { on: ['tasker-worker'], own })).toMatchObject({ due: false });
  });

  it('does not take a release for a change of what it names as its own', async () => {
    const pin = edit('crates/tasker-runtime/Cargo.toml', '"=0.1.8"', '"=0.1.7"');
    const own = ['crates/tasker-runtime/**'];
    expect(await ruby([pin], { own })).toMatchObject({ due: false });
    const code = edit('crates/tasker-runtime/src/lib.rs', 'pub fn', 'pub unsafe fn');
    expect(await ruby([code], { own })).toMatchObject({ due: true });
  });

  it('that names what is not there is refused (FORGE-C012)', async () => {
    const wrong = { rubby: { on: ['tasker-workers', 'tasker-worker'] } };
    const { problems } = await decisionsOf(taskerHistory([]), { triggers: wrong });
    expect(problems.map(({ code, what }) => `${code} ${what}`)).toEqual([
      'FORGE-C012 a trigger in nx.json names `rubby`, which is not a release group',
      'FORGE-C012 a trigger in nx.json names `tasker-workers`, which is not a project',
    ]);
  });
});
