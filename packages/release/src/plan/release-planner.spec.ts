import { problemsError } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';
import { fixture, loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import type { Cause } from './causes';
import { hashPlan } from './release-plan';
import { createReleasePlanner, type ReleasePlanner } from './release-planner';
import { renderPlan } from './render-plan';
import type { Release } from './settle-release';

const tasker = fixture('tasker');
const core = ['pgmq', 'shared', 'client', 'orchestration', 'sdk', 'worker', 'ctl', 'mcp'].map(
  (each) => `tasker-${each}`,
);

function plannerOf(files: Readonly<Record<string, string>>): ReleasePlanner {
  return createReleasePlanner(loadFiles(files), memoryReader(files));
}

const asked: Cause = { kind: 'asked', text: 'somebody asked' };

function settled(planner: ReleasePlanner): Release {
  const release = planner.settle();
  if (!release.ok) throw problemsError(release.problems);
  return release.value;
}

function write(planner: ReleasePlanner, project: string, version: string): Map<string, string> {
  planner.setVersion(project, version, asked);
  const { files } = settled(planner);
  return new Map([...files].map(([file, bytes]) => [file, Buffer.from(bytes).toString()]));
}

const pair = (requirement: string): Record<string, string> => ({
  'core/Cargo.toml': '[package]\nname = "core"\nversion = "1.2.0"\n',
  'app/Cargo.toml': `[package]\nname = "app"\nversion = "1.0.0"\n\n[dependencies]\ncore = { path = "../core", version = "${requirement}" } # pinned\n`,
});

function nodeOf({ model }: ReleasePlanner, name: string): PackageNode {
  const node = model.packages.find(({ manifest }) => manifest.name === name);
  if (!node) throw new Error(`no package ${name}`);
  return node;
}

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
    write(forward, 'core', '2.0.0');
    const first = write(forward, 'app', '1.0.1');
    write(backward, 'app', '1.0.1');
    const second = write(backward, 'core', '2.0.0');
    expect([...second].sort()).toEqual([...first].sort());
    expect(second.get('app/Cargo.toml')).toContain('version = "=2.0.0" } # pinned');
  });

  it('moves all that inherit a version to the highest one, and says why', () => {
    const member = (name: string) => `[package]\nname = "${name}"\nversion.workspace = true\n`;
    const files = {
      'Cargo.toml': '[workspace]\nmembers = ["*"]\n[workspace.package]\nversion = "1.2.0"\n',
      'core/Cargo.toml': member('core'),
      'app/Cargo.toml': member('app'),
      'tool/Cargo.toml': member('tool'),
    };
    const planner = plannerOf(files);
    expect([...write(planner, 'core', '1.3.0').keys()]).toEqual(['Cargo.toml']);
    expect(planner.floorOf(nodeOf(planner, 'app'))).toBe('1.3.0');
    expect(write(planner, 'app', '2.0.0').get('Cargo.toml')).toContain('version = "2.0.0"');
    const { plan } = settled(planner);
    expect(plan.packages.map(({ name, to, reason }) => `${name} ${to}: ${reason}`)).toEqual([
      'app 2.0.0: somebody asked',
      'core 2.0.0: shares its version place with `app`',
      'tool 2.0.0: shares its version place with `app`',
    ]);
    expect(plan.edits.map(({ line }) => line)).toEqual([4]);
  });

  it('refuses a version that goes down, and names everybody whose version does', () => {
    const planner = plannerOf(pair('^1'));
    planner.setVersion('core', '1.1.0', asked);
    planner.setVersion('app', '0.9.0', asked);
    const release = planner.settle();
    expect(!release.ok && release.problems.map(({ code, where }) => [code, where?.file])).toEqual([
      ['FORGE-V005', 'app/Cargo.toml'],
      ['FORGE-V005', 'core/Cargo.toml'],
    ]);
  });

  it('says why a requirement changes', () => {
    const why = (requirement: string, policy?: 'always'): (string | undefined)[] => {
      const files = pair(requirement);
      const planner = createReleasePlanner(loadFiles(files), memoryReader(files), {
        ...(policy ? { requirements: policy } : {}),
      });
      planner.setVersion('core', '1.3.0', asked);
      return settled(planner).plan.edits.map((edit) => edit.why);
    };
    expect(why('=1.2.0')).toEqual(['core 1.2.0 → 1.3.0 violates =1.2.0', 'somebody asked']);
    expect(why('^1.2', 'always')).toEqual([
      'core 1.2.0 → 1.3.0, requirements always follow',
      'somebody asked',
    ]);
  });

  it('takes no own version for a requirement on a package of the name `version`', () => {
    const files = {
      'core/Cargo.toml': '[package]\nname = "version"\nversion = "1.2.0"\n',
      'app/Cargo.toml': pair('=1.2.0')['app/Cargo.toml']?.replace('\ncore', '\nversion') ?? '',
    };
    const planner = plannerOf(files);
    planner.setVersion('version', '1.3.0', { kind: 'asked', text: 'of the first' });
    planner.setVersion('app', '1.1.0', { kind: 'asked', text: 'of the second' });
    expect(settled(planner).plan.edits.map(({ reason, why }) => `${reason}: ${why}`)).toEqual([
      'version 1.0.0 → 1.1.0: of the second',
      'version =1.2.0 → =1.3.0: version 1.2.0 → 1.3.0 violates =1.2.0',
      'version 1.2.0 → 1.3.0: of the first',
    ]);
  });

  it('takes the policy of the group whose manifest has the requirement', () => {
    const files = pair('^1.2');
    const planner = createReleasePlanner(loadFiles(files), memoryReader(files), {
      groups: new Map([
        [
          'apps',
          {
            name: 'apps',
            isFixed: false,
            projects: ['app'],
            options: { scheme: 'semver', requirements: 'always' },
          },
        ],
      ]),
    });
    expect(write(planner, 'core', '1.3.0').get('app/Cargo.toml')).toContain('"^1.3"');
  });

  it('names the dependencies that made a package move', () => {
    const planner = plannerOf(pair('=1.2.0'));
    planner.setVersion('app', '1.0.1', { kind: 'dependency' });
    planner.setVersion('core', '1.2.1', asked);
    expect(settled(planner).plan.packages.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'core: somebody asked',
      'app: dependency `core` moved',
    ]);
  });

  it('plans the tasker core group with all its pins', () => {
    const planner = plannerOf(tasker);
    for (const project of core) planner.setVersion(project, '0.1.9', asked);
    const { plan } = settled(planner);
    expect(plan.packages.map(({ name, to }) => `${name} ${to}`).sort()).toEqual(
      core.map((name) => `${name} 0.1.9`).sort(),
    );
    expect(plan.packages.map(({ name, wave }) => `${wave} ${name}`)).toEqual([
      '1 tasker-pgmq',
      '2 tasker-shared',
      '3 tasker-client',
      '3 tasker-orchestration',
      '4 tasker-sdk',
      '4 tasker-worker',
      '5 tasker-ctl',
      '5 tasker-mcp',
    ]);
    const pins = plan.edits.filter(({ expect: text }) => text.includes('=0.1.8'));
    expect(new Set(pins.map(({ newText }) => newText))).toEqual(new Set(['=0.1.9']));
    expect([...new Set(pins.map(({ file }) => file))]).toContain(
      'crates/tasker-rb/ext/tasker_core/Cargo.toml',
    );
    expect(plan.edits.some(({ expect: text }) => text.includes('0.1.6'))).toBe(false);
  });

  it('prints one text for one plan', () => {
    const [a, b] = [plannerOf(pair('=1.2.0')), plannerOf(pair('=1.2.0'))];
    write(a, 'core', '1.3.0');
    write(b, 'core', '1.3.0');
    const [first, second] = [settled(a).plan, settled(b).plan];
    expect(hashPlan(first)).toBe(hashPlan(second));
    expect(renderPlan(first)).toContain('versions: somebody asked\n  core');
    expect(renderPlan(first)).toContain('core/Cargo.toml:3');
    expect(renderPlan(first)).toContain('1.2.0 → 1.3.0');
  });
});
