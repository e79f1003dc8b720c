import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { artifactsOf } from './support/printed';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { succeeded } from './support/run';
import { nxIn, type Nx, type ShownProject } from './support/user';
import {
  rootPackage,
  writeInto,
  writeWorkspace,
  type TemporaryWorkspace,
} from './support/workspace';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A crate with a target of the user, and an npm package with scripts of the user, under names that are ours. */
const files = {
  'nx.json': '{}\n',
  'package.json': rootPackage(['web']),
  'tool/project.json': json({
    name: 'tool',
    targets: { package: { command: 'echo the user packages' } },
  }),
  'tool/Cargo.toml':
    '[package]\nname = "tool"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "A tool"\n',
  'tool/src/lib.rs': 'pub fn works() -> bool { true }\n',
  'web/package.json': json({
    name: 'web',
    version: '1.0.0',
    files: ['index.js'],
    scripts: { publish: 'echo the user publishes', version: 'echo the user versions' },
  }),
  'web/index.js': 'exports.works = true;\n',
};

describeWithTools('targets that are already there', ['cargo', 'npm'], () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;
  let nx: Nx;

  beforeAll(async () => {
    registry = await startRegistryProcess();
    workspace = writeWorkspace(files);
    nx = nxIn(workspace, registry);
    succeeded(await nx('g', '@forge/release:init', '--no-interactive'));
    workspace.commit('Release with Forge');
  }, 120_000);
  afterAll(async () => {
    await registry.stop();
    workspace.remove();
  });

  const executors = async (project: string): Promise<Record<string, string | undefined>> => {
    const shown = succeeded(await nx('show', 'project', project, '--json'));
    // On a busy machine Nx warns in front of it.
    const { targets } = JSON.parse(shown.slice(shown.search(/^\{/m))) as ShownProject;
    return Object.fromEntries(
      Object.entries(targets).map(([name, { executor }]) => [name, executor]),
    );
  };
  const arrived = async (): Promise<string[]> =>
    (await registry.arrivals()).map(
      ({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`,
    );

  it('stay the user’s, in a project.json and among scripts; ours take the names that are free', async () => {
    expect(await executors('tool')).toEqual({
      'forge:check': '@forge/release:check',
      package: 'nx:run-commands',
      publish: '@forge/release:publish',
      'nx-release-publish': '@forge/release:publish',
      version: '@forge/release:version',
    });
    expect(await executors('web')).toEqual({
      'forge:check': '@forge/release:check',
      package: '@forge/release:package',
      publish: 'nx:run-script',
      'nx-release-publish': '@forge/release:publish',
      version: 'nx:run-script',
    });
  }, 60_000);

  it('`publish` builds the artifacts itself where `package` is the user’s, anew each time', async () => {
    succeeded(await nx('run', 'tool:publish', '--dryRun'));
    writeInto(workspace.root, 'tool/src/lib.rs', 'pub fn works() -> bool { !false }\n');
    workspace.commit('Change what was built already');
    const before = [...artifactsOf(workspace.root).values()];
    const output = succeeded(await nx('run', 'tool:publish'));
    expect(output).toMatch(/^published +cargo:tool@1\.0\.0/m);
    expect(output).not.toContain('the user packages');
    expect(await arrived()).toEqual(['cargo tool 1.0.0']);
    expect([...artifactsOf(workspace.root).values()]).not.toEqual(before);
  }, 120_000);

  it('a script of the user runs as ever, and `nx release publish` is ours beside it', async () => {
    expect(succeeded(await nx('run', 'web:publish'))).toContain('the user publishes');
    expect(await arrived()).not.toContain('npm web 1.0.0');
    succeeded(await nx('release', 'publish', '--projects=web'));
    expect(await arrived()).toContain('npm web 1.0.0');
  }, 120_000);

  it('options give ours other names', async () => {
    const nxJson = JSON.parse(readFileSync(join(workspace.root, 'nx.json'), 'utf8')) as object;
    const targets = { package: 'pack', publish: 'upload', version: 'bump' };
    const plugins = [{ plugin: '@forge/release', options: { targets } }];
    writeInto(workspace.root, 'nx.json', json({ ...nxJson, plugins }));
    workspace.commit('Rename the targets');
    expect(await executors('web')).toEqual({
      pack: '@forge/release:package',
      upload: '@forge/release:publish',
      bump: '@forge/release:version',
      'forge:check': '@forge/release:check',
      'nx-release-publish': '@forge/release:publish',
      publish: 'nx:run-script',
      version: 'nx:run-script',
    });
    succeeded(await nx('run', 'web:bump', 'minor'));
    workspace.commit('web 1.1.0');
    const output = succeeded(
      await nx('run-many', '-t', 'upload', '--output-style=static', '--skip-nx-cache'),
    );
    expect(output).toMatch(/^already there +cargo:tool@1\.0\.0/m);
    expect(output).toMatch(/^published +npm:web@1\.1\.0/m);
  }, 180_000);
});

describe('a workspace without packages', () => {
  it('says what was looked for, and ends `nx release` with an error', async () => {
    const workspace = writeWorkspace({ 'nx.json': '{}\n', 'package.json': rootPackage() });
    try {
      const nx = nxIn(workspace);
      succeeded(await nx('g', '@forge/release:init', '--no-interactive'));
      const { exitCode, output } = await nx('release', 'minor', '--dry-run');
      expect(exitCode).toBe(1);
      expect(output).toMatch(/^FORGE-G003 the workspace holds no package: .*`Cargo\.toml`/m);
      expect(output).toContain('matches no projects');
    } finally {
      workspace.remove();
    }
  }, 60_000);
});
