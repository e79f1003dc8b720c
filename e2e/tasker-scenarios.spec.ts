import { execFileSync } from 'node:child_process';
import { describeWithTools } from './support/describe-with-tools';
import { planOf } from './support/printed';
import { succeeded } from './support/run';
import { TaskerWorkspace, type Mode, type Source } from './support/tasker';
import { scenarios, type Scenario } from './support/tasker-scenarios';

const ways: readonly (readonly [Mode, Source])[] = [
  ['graph', 'conventional commits'],
  ['graph', 'version plans'],
  ['triggers', 'conventional commits'],
  ['triggers', 'version plans'],
];

/** What is planned, where plans are used, and then released. */
async function release(workspace: TaskerWorkspace, source: Source): Promise<string> {
  const planned = source === 'version plans' ? await workspace.plan() : '';
  return planned + (await workspace.release());
}

function named(prefix: string): Scenario {
  const found = scenarios.find(({ name }) => name.startsWith(prefix));
  if (!found) throw new Error(`no scenario ${prefix}`);
  return found;
}

describe.each(ways)('a release of tasker, due by %s, bumped by %s', (mode, source) => {
  let workspace: TaskerWorkspace;
  beforeAll(() => {
    workspace = TaskerWorkspace.create({ mode, source });
  });
  afterAll(() => workspace.remove());
  beforeEach(() => workspace.reset());

  it.each(scenarios)(
    '$name',
    async ({ name, change, expected }) => {
      await change(workspace, () => release(workspace, source));
      const before = workspace.git('rev-parse', 'HEAD');
      const output = await release(workspace, source);
      const { versions, files, tags } = expected[mode];
      expect(workspace.versions()).toBe(versions);
      expect(workspace.newTags()).toEqual(tags);
      if (files.length > 0) expect(workspace.releasedFiles()).toEqual(files);
      else expect(workspace.git('rev-parse', 'HEAD')).toBe(before);
      expect(workspace.git('status', '--porcelain')).toBe('');
      const isPassedOver = mode === 'triggers' && name.startsWith('S4');
      expect(output.includes('linked code changed: `tasker-client`')).toBe(isPassedOver);
    },
    120_000,
  );

  it('is what the dry run says, which changes nothing', async () => {
    await named('S7').change(workspace, async () => undefined);
    if (source === 'version plans') await workspace.plan();
    const before = workspace.git('for-each-ref');
    const dry = await workspace.release('--dry-run');
    expect(workspace.git('status', '--porcelain')).toBe('');
    expect(workspace.git('for-each-ref')).toBe(before);
    expect(planOf(dry)).toBe(planOf(await workspace.release()));
  }, 120_000);

  it('leaves nothing to release', async () => {
    await named('S2').change(workspace, async () => undefined);
    await release(workspace, source);
    const [versions, head] = [workspace.versions(), workspace.git('rev-parse', 'HEAD')];
    if (source === 'version plans') expect(await workspace.plan()).toContain('nothing is due');
    else await workspace.release();
    expect([workspace.versions(), workspace.newTags()]).toEqual([versions, ['core-v0.1.9']]);
    expect(workspace.git('diff', '--name-only', head)).toBe('');
  }, 120_000);
});

describeWithTools('cargo, after a release of tasker', ['cargo'], () => {
  const workspace = TaskerWorkspace.create({ mode: 'graph', source: 'conventional commits' });
  beforeEach(() => workspace.reset());
  afterAll(() => workspace.remove());

  it.each(['S1', 'S2'])(
    'takes the workspace of %s as it is',
    async (name) => {
      await named(name).change(workspace, async () => undefined);
      succeeded(await workspace.nx('release', '--skip-publish'));
      const args = ['check', '--workspace', '--locked', '--offline', '--quiet'];
      execFileSync('cargo', args, { cwd: workspace.root, stdio: 'pipe' });
      expect(workspace.git('status', '--porcelain')).toBe('');
    },
    180_000,
  );
});
