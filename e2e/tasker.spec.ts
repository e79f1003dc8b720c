import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planOf } from './support/printed';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment, type RunResult } from './support/run';
import { copyWorkspace, type TemporaryWorkspace } from './support/workspace';

const fixture = join(repository, 'packages/release/src/graph/fixtures/tasker');
const crates = ['client', 'ctl', 'mcp', 'orchestration', 'pgmq', 'sdk', 'shared', 'worker'].map(
  (name) => `tasker-${name}`,
);
const others = [
  'core',
  'example-rs',
  'grammar',
  'py',
  'rb',
  'rb-ext',
  'runtime',
  'secure',
  'ts',
].map((name) => `tasker-${name}`);
const names = [...crates, ...others].sort();

/** A repository of the shape of tasker, with its core crates in one fixed group. */
describe('the tasker workspace under Nx', () => {
  let workspace: TemporaryWorkspace;
  const nx = (...args: readonly string[]): Promise<RunResult> =>
    run(join(repository, 'node_modules/.bin/nx'), args, {
      cwd: workspace.root,
      env: userEnvironment(
        { url: 'http://127.0.0.1:9', token: 'unused' },
        process.env['PATH'] ?? '',
      ),
    });

  beforeAll(async () => {
    workspace = copyWorkspace(fixture);
    const nxJson = {
      release: {
        version: { currentVersionResolver: 'disk' },
        groups: {
          core: {
            projects: crates,
            projectsRelationship: 'fixed',
            releaseTag: { pattern: 'core-v{version}' },
          },
        },
      },
    };
    writeFileSync(join(workspace.root, 'nx.json'), JSON.stringify(nxJson));
    writeFileSync(join(workspace.root, '.gitignore'), 'target/\nnode_modules\n.nx/\n.forge/\n');
    succeeded(await nx('g', '@forge/release:init', '--no-interactive', '--skipPackageJson'));
    workspace.commit('Release with Forge');
  }, 60_000);
  afterAll(() => workspace.remove());

  it('shows the 17 projects', async () => {
    const { output } = await nx('show', 'projects');
    expect(
      output
        .split('\n')
        .filter((line) => line.startsWith('tasker'))
        .sort(),
    ).toEqual(names);
  }, 60_000);

  it('shows what a project holds', async () => {
    const { output } = await nx('show', 'project', 'tasker-py', '--json');
    const project = JSON.parse(output) as {
      metadata: { forge: { packages: { ecosystem: string; name: string; role: string }[] } };
    };
    expect(
      project.metadata.forge.packages
        .map(({ ecosystem, name, role }) => `${ecosystem} ${name} ${role}`)
        .sort(),
    ).toEqual(['cargo tasker-py embedded', 'pypi tasker-py published']);
  }, 60_000);

  it('plans 0.1.9 for the eight crates and their pins, and writes nothing', async () => {
    const plan = planOf(succeeded(await nx('release', 'patch', '--dry-run')));
    for (const name of crates)
      expect(plan).toMatch(new RegExp(`^  ${name} +cargo +0\\.1\\.8 → 0\\.1\\.9$`, 'm'));
    expect(plan.match(/0\.1\.8 → 0\.1\.9$/gm)?.length).toBeGreaterThan(crates.length);
    const pins = [...plan.matchAll(/^ {2}(\S+):\d+ +(\S+) =0\.1\.8 → =0\.1\.9$/gm)].map(
      ([, file, name]) => `${file} ${name}`,
    );
    expect(pins.sort()).toEqual(pinsOf(workspace.root));
    expect(workspace.git('status', '--porcelain')).toBe('');
  }, 60_000);
});

/** Every `=0.1.8` on a crate of the group, read from the manifests line by line. */
function pinsOf(root: string): string[] {
  const manifests = [
    'Cargo.toml',
    ...names.map((name) => `crates/${name}/Cargo.toml`),
    'crates/tasker-rb/ext/tasker_core/Cargo.toml',
  ];
  const exists = (file: string): string => {
    try {
      return readFileSync(join(root, file), 'utf8');
    } catch {
      // Not every project has a crate in a directory of its name.
      return '';
    }
  };
  return [...new Set(manifests)]
    .flatMap((file) =>
      exists(file)
        .split('\n')
        .flatMap((line) => {
          const name = /^(tasker-\w+) = .*"=0\.1\.8"/.exec(line)?.[1];
          return name && crates.includes(name) ? [`${file} ${name}`] : [];
        }),
    )
    .sort();
}
