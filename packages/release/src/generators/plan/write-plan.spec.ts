import { dueUnits, type DueUnit } from '../../changes/due-groups';
import type { Step } from '../../changes/testing/memory-history';
import { decisionsOf, groups, taskerHistory } from '../../changes/testing/tasker';
import { covers, planFile, readPlan } from './plan-file';
import { missingPlan, planProblems, type PlanQuestion } from './write-plan';

const change = (message: string): Step => ({
  message,
  files: { 'crates/tasker-worker/src/lib.rs': `// ${message}\n` },
});
const gem: Step = { message: 'Change it', files: { 'crates/tasker-rb/Rakefile': 'task :x\n' } };

async function unitsAfter(...steps: readonly Step[]): Promise<DueUnit[]> {
  return dueUnits((await decisionsOf(taskerHistory(steps))).decisions);
}

async function textAfter(
  steps: readonly Step[],
  question: Partial<PlanQuestion> = {},
): Promise<string | undefined> {
  const units = await unitsAfter(...steps);
  const membersOf = (name: string): readonly string[] =>
    groups.find((group) => group.name === name)?.projects ?? [];
  const nameAt = (root: string): string => root.replace('crates/', '');
  return missingPlan({ units, bump: 'patch', planned: [], membersOf, nameAt, ...question })?.text;
}

describe('the version plan of what is due', () => {
  it('has a fixed group as a whole, other projects by name, and says why', async () => {
    expect(await textAfter([change('Change it')])).toBe(`---
core: patch
tasker-rb: patch
tasker-py: patch
tasker-ts: patch
---

- tasker-worker: crates/tasker-worker/src/lib.rs changed since tag core-v0.1.8
- tasker-rb: crates/tasker-worker/src/lib.rs changed since tag ruby-v0.1.8.2; \`tasker-worker\` is part of it
- tasker-py: crates/tasker-worker/src/lib.rs changed since tag python-v0.1.8.1; \`tasker-worker\` is part of it
- tasker-ts: crates/tasker-worker/src/lib.rs changed since tag typescript-v0.1.8; \`tasker-worker\` is part of it
`);
  });

  it('bumps as commits say, and as the option says where they say nothing', async () => {
    const text = await textAfter([change('feat!: all new'), gem], { bump: 'minor' });
    expect(text).toMatch(/^---\ncore: major\ntasker-rb: patch\n/);
    expect(await textAfter([gem], { bump: 'minor' })).toMatch(/^---\ntasker-rb: minor\n---/);
    expect(await textAfter([change('fix: it')], { bump: 'prerelease' })).toMatch(
      /^---\ncore: prerelease\ntasker-rb: prerelease\n/,
    );
  });

  it('is not written when nothing is due', async () => {
    expect(await textAfter([])).toBeUndefined();
  });

  it('leaves out what is planned already', async () => {
    const first = await textAfter([change('fix: it')]);
    const planned = [readPlan(first ?? '')];
    expect(await textAfter([change('fix: it')], { planned })).toBeUndefined();
    expect(await textAfter([change('fix: it'), gem], { planned })).toBeUndefined();
    const more = await textAfter([change('fix: it'), change('feat: more')], { planned });
    expect(more).toMatch(/^---\ncore: minor\n---/);
  });

  it('takes a plan for one member of a fixed group as one for all', async () => {
    const planned = [readPlan('---\ntasker-mcp: fix\n---\n\nBy hand\n')];
    expect(await textAfter([change('fix: it')], { planned })).toMatch(/^---\ntasker-rb: patch\n/);
  });

  it('is refused where Nx would not read it (FORGE-C013)', async () => {
    const units = await unitsAfter(change('fix: it'));
    const settings = groups.map(({ name }) => ({ name, hasVersionPlans: name !== 'core' }));
    expect(planProblems(units, settings).map(({ code, what }) => `${code} ${what}`)).toEqual([
      'FORGE-C013 the release group `core` has no version plans',
    ]);
    expect(planProblems([], []).map(({ what }) => what)).toEqual([
      'nx.json does not say which projects are released',
    ]);
  });
});

describe('a file of a version plan', () => {
  const bumps = new Map([
    ['core', 'patch'],
    ['@acme/web', 'minor'],
    ["it's: odd", 'major'],
  ]);

  it('reads back', () => {
    expect(readPlan(planFile(bumps, 'Because').text)).toEqual(bumps);
  });

  it('is called after its content', () => {
    const { path } = planFile(bumps, 'Because');
    expect(path).toMatch(/^\.nx\/version-plans\/forge-[0-9a-f]{12}\.md$/);
    expect(planFile(bumps, 'Because').path).toBe(path);
    expect(planFile(bumps, 'Why').path).not.toBe(path);
  });

  it.each([
    ['---\na: fix\n"b": \'feat!\'\n# c: minor\n---\ntext', { a: 'patch', b: 'major' }],
    ['---\r\na: minor\r\n---\r\ntext', { a: 'minor' }],
    ['no front matter', {}],
  ])('is read as Nx reads it: %j', (text, expected) => {
    expect(Object.fromEntries(readPlan(text))).toEqual(expected);
  });

  it.each([
    [undefined, 'patch', false],
    ['patch', 'patch', true],
    ['patch', 'minor', false],
    ['major', 'minor', true],
    ['prerelease', 'major', true],
    ['patch', 'prerelease', true],
  ])('that says %p leaves %s out: %p', (planned, wanted, expected) => {
    expect(covers(planned, wanted)).toBe(expected);
  });
});
