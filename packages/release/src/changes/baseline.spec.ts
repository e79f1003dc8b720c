import type { PackageNode } from '../graph/model';
import { memoryHistory, type Step } from './testing/memory-history';
import { decisionsOf, dueOf, taskerFiles, taskerHistory } from './testing/tasker';

const files = taskerFiles();
const nothing = (...tags: string[]): Step => ({ message: 'chore: nothing', tags });
const change: Step = {
  message: 'fix: change shared',
  files: { 'crates/tasker-shared/src/lib.rs': '// changed\n' },
};
/** What every binding needs changed before its tag stands: only its own baseline tells. */
const labels = async (
  steps: readonly Step[],
  tags: readonly string[],
  options: Parameters<typeof decisionsOf>[1] = {},
): Promise<Record<string, string>> => {
  const { decisions } = await decisionsOf(taskerHistory(steps, tags), options);
  return Object.fromEntries(
    decisions.map(({ project, baseline }) => [project.name.replace('tasker-', ''), baseline.label]),
  );
};

describe('the baseline of a project', () => {
  it('is its own tag of the highest version, by the order of its ecosystem', async () => {
    const tags = [
      'core-v0.1.9',
      'core-v0.1.10',
      'ruby-v0.1.8.2',
      'ruby-v0.1.8.10',
      'python-v0.1.8',
    ];
    const found = await labels([nothing('ruby-v0.1.8.9', 'core-v0.1.2')], tags);
    expect(found).toMatchObject({
      pgmq: 'tag core-v0.1.10',
      rb: 'tag ruby-v0.1.8.10',
      py: 'tag python-v0.1.8',
    });
  });

  it('is no tag that only begins alike, and none that holds no version', async () => {
    const tags = ['core-v0.1.8', 'ruby-v0.1.8.2/old', 'ruby-vnext', 'xruby-v9.0.0'];
    expect((await labels([], tags))['rb']).toBe('0, which made it 0.1.8.2');
  });

  it('is the commit of the version that the registry holds, where there is no tag', async () => {
    const version = 'crates/tasker-rb/lib/tasker_core/version.rb';
    const steps = ['0.1.8.3', '0.1.8.4'].map((to) => ({
      message: 'chore: version',
      files: { [version]: (files[version] ?? '').replace('0.1.8.2', to) },
    }));
    const live = async ({ project }: PackageNode): Promise<string | undefined> =>
      project === 'tasker-rb' ? '0.1.8.3' : undefined;
    expect((await labels(steps, ['core-v0.1.8'], { live }))['rb']).toBe('1, which made it 0.1.8.3');
    expect((await labels(steps, ['core-v0.1.8']))['rb']).toBe('2, which made it 0.1.8.4');
  });

  it('is nothing for what the registry never had', async () => {
    const history = taskerHistory([], ['core-v0.1.8', 'python-v0.1.8.1', 'typescript-v0.1.8']);
    const { decisions } = await decisionsOf(history, { live: async () => null });
    expect(dueOf(decisions)).toBe('rb');
    expect(decisions.find(({ isDue }) => isDue)?.baseline.label).toContain('never released');
  });

  it('is the commit that changed the version last, without tags and without a registry', async () => {
    expect(dueOf((await decisionsOf(taskerHistory([nothing()], []))).decisions)).toBe('');
    expect(dueOf((await decisionsOf(taskerHistory([change], []))).decisions)).toBe('core rb py ts');
  });

  it('is not moved by the release of another project', async () => {
    const history = taskerHistory([change, nothing('core-v0.1.9', 'v0.1.9', 'python-v0.1.9.0')]);
    expect(dueOf((await decisionsOf(history)).decisions)).toBe('rb ts');
  });

  it('is one commit for all where the user names it', async () => {
    const history = taskerHistory([change, nothing('here')]);
    expect(dueOf((await decisionsOf(history, { base: '0' })).decisions)).toBe('core rb py ts');
    expect(dueOf((await decisionsOf(history, { base: 'here' })).decisions)).toBe('');
    const { problems } = await decisionsOf(history, { base: 'nowhere' });
    expect(problems.map(({ code }) => code)).toEqual(['FORGE-C011']);
  });

  it('cannot be known in a shallow clone without tags (FORGE-C010)', async () => {
    const history = memoryHistory([{ message: 'Start', files, tags: ['core-v0.1.8'] }], {
      shallow: true,
    });
    const { problems } = await decisionsOf(history);
    expect(problems.map(({ code, what }) => `${code} ${what.slice(0, 11)}`)).toEqual([
      'FORGE-C010 `tasker-rb`',
      'FORGE-C010 `tasker-py`',
      'FORGE-C010 `tasker-ts`',
    ]);
  });
});
