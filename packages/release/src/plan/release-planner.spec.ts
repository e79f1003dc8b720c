import { fixture, loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { hashPlan } from './release-plan';
import { createReleasePlanner, type ReleasePlanner } from './release-planner';
import { renderPlan } from './render-plan';

const tasker = fixture('tasker');
const core = ['pgmq', 'shared', 'client', 'orchestration', 'sdk', 'worker', 'ctl', 'mcp'].map(
  (each) => `tasker-${each}`,
);

function plannerOf(files: Readonly<Record<string, string>>): ReleasePlanner {
  return createReleasePlanner(loadFiles(files), memoryReader(files));
}

function write(planner: ReleasePlanner, project: string, version: string): Map<string, string> {
  const changed = planner.setVersion(project, version);
  if (!changed.ok) throw new Error(changed.problems.map((problem) => problem.render()).join('\n'));
  return new Map([...changed.value].map(([file, bytes]) => [file, Buffer.from(bytes).toString()]));
}

const pair = (requirement: string): Record<string, string> => ({
  'core/Cargo.toml': '[package]\nname = "core"\nversion = "1.2.0"\n',
  'app/Cargo.toml': `[package]\nname = "app"\nversion = "1.0.0"\n\n[dependencies]\ncore = { path = "../core", version = "${requirement}" } # pinned\n`,
});

describe('the planner', () => {
  it('rewrites the requirements of dependents that are not released themselves', () => {
    const files = write(plannerOf(pair('=1.2.0')), 'core', '1.3.0');
    expect(files.get('app/Cargo.toml')).toBe(pair('=1.3.0')['app/Cargo.toml']);
  });

  it('leaves a requirement that the new version satisfies', () => {
    expect([...write(plannerOf(pair('^1.2')), 'core', '1.3.0').keys()]).toEqual([
      'core/Cargo.toml',
    ]);
  });

  it('gives the same bytes whatever the order of calls, and when a project is versioned twice', () => {
    const [forward, backward] = [plannerOf(pair('=1.2.0')), plannerOf(pair('=1.2.0'))];
    write(forward, 'core', '1.2.1');
    const first = new Map([...write(forward, 'core', '2.0.0'), ...write(forward, 'app', '1.0.1')]);
    write(backward, 'app', '1.0.1');
    const second = new Map([...write(backward, 'core', '2.0.0')]);
    expect(second.get('app/Cargo.toml')).toBe(first.get('app/Cargo.toml'));
    expect(second.get('app/Cargo.toml')).toContain('version = "=2.0.0" } # pinned');
  });

  it('changes nothing for the others that inherit the version which one of them got', () => {
    const member = (name: string) => `[package]\nname = "${name}"\nversion.workspace = true\n`;
    const files = {
      'Cargo.toml': '[workspace]\nmembers = ["*"]\n[workspace.package]\nversion = "1.2.0"\n',
      'core/Cargo.toml': member('core'),
      'app/Cargo.toml': member('app'),
    };
    const planner = plannerOf(files);
    expect([...write(planner, 'core', '1.3.0').keys()]).toEqual(['Cargo.toml']);
    expect([...write(planner, 'app', '1.3.0').keys()]).toEqual([]);
    expect(write(planner, 'app', '2.0.0').get('Cargo.toml')).toContain('version = "2.0.0"');
    const plan = planner.plan();
    expect(plan.ok && plan.value.packages.map(({ name, to }) => `${name} ${to}`)).toEqual([
      'app 2.0.0',
      'core 2.0.0',
    ]);
    expect(plan.ok && plan.value.edits.map(({ line }) => line)).toEqual([4]);
  });

  it('refuses a version that goes down', () => {
    const result = plannerOf(pair('^1')).setVersion('core', '1.1.0');
    expect(!result.ok && result.problems.map(({ code }) => code)).toEqual(['FORGE-V005']);
  });

  it('plans the tasker core group with all its pins', () => {
    const planner = plannerOf(tasker);
    for (const project of core) write(planner, project, '0.1.9');
    const plan = planner.plan();
    if (!plan.ok) throw new Error(plan.problems.map((problem) => problem.render()).join('\n'));
    expect(plan.value.packages.map(({ name, to }) => `${name} ${to}`).sort()).toEqual(
      core.map((name) => `${name} 0.1.9`).sort(),
    );
    expect(plan.value.packages.map(({ name, wave }) => `${wave} ${name}`)).toEqual([
      '1 tasker-pgmq',
      '2 tasker-shared',
      '3 tasker-client',
      '3 tasker-orchestration',
      '4 tasker-sdk',
      '4 tasker-worker',
      '5 tasker-ctl',
      '5 tasker-mcp',
    ]);
    const pins = plan.value.edits.filter(({ expect: text }) => text.includes('=0.1.8'));
    expect(new Set(pins.map(({ newText }) => newText))).toEqual(new Set(['=0.1.9']));
    expect([...new Set(pins.map(({ file }) => file))]).toContain(
      'crates/tasker-rb/ext/tasker_core/Cargo.toml',
    );
    expect(plan.value.edits.some(({ expect: text }) => text.includes('0.1.6'))).toBe(false);
  });

  it('prints one text for one plan', () => {
    const [a, b] = [plannerOf(pair('=1.2.0')), plannerOf(pair('=1.2.0'))];
    write(a, 'core', '1.3.0');
    write(b, 'core', '1.3.0');
    const [first, second] = [a.plan(), b.plan()];
    if (!first.ok || !second.ok) throw new Error('no plan');
    expect(hashPlan(first.value)).toBe(hashPlan(second.value));
    expect(renderPlan(first.value)).toContain('core/Cargo.toml:3');
    expect(renderPlan(first.value)).toContain('1.2.0 → 1.3.0');
  });
});
