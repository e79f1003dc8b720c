import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { installPacked, packPackages, watchResolution, type Packed } from './support/packed';
import { planOf } from './support/printed';
import {
  startRegistryProcess,
  type Arrival,
  type RegistryProcess,
} from './support/registry-process';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment, type RunResult } from './support/run';
import { copyWorkspace, type TemporaryWorkspace } from './support/workspace';

/** The oldest of the range that is tested, the newest of its major version, and the major version after it. */
const versions: readonly (readonly [string, string])[] = [
  ['23.2.1', 'node_modules'],
  ['23.3.2', 'e2e/nx-23.3/node_modules'],
  ['24.0.6', 'e2e/nx-24/node_modules'],
];

const released = ['cargo:lark-cli', 'cargo:lark-core', 'npm:@lark/song', 'rubygems:lark_song'];

const label = ({ ecosystem, name, version }: Arrival): string => `${ecosystem}:${name}@${version}`;

describeWithTools('a small release', ['cargo', 'npm', 'rubygems'], () => {
  let directory: string;
  let packed: readonly Packed[];

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-packed-')));
    packed = packPackages(directory);
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  describe.each(versions)('on Nx %s', (version, modules) => {
    let registry: RegistryProcess;
    let workspace: TemporaryWorkspace;
    let nx: (...args: readonly string[]) => Promise<RunResult>;
    /** With every plugin in a process of its own, as Nx does by itself. */
    let isolatedNx: typeof nx;
    let leaks: () => readonly string[];

    beforeAll(async () => {
      registry = await startRegistryProcess();
      workspace = copyWorkspace(join(repository, 'e2e/fixtures/lark'), (root) =>
        installPacked(root, packed, join(repository, modules)),
      );
      const watch = watchResolution(mkdtempSync(join(directory, 'watch-')));
      leaks = watch.leaks;
      const env = { ...userEnvironment(registry, process.env['PATH'] ?? ''), ...watch.env };
      const program = join(workspace.root, 'node_modules/.bin/nx');
      nx = (...args) => run(program, args, { cwd: workspace.root, env });
      const isolated = { ...env, NX_ISOLATE_PLUGINS: 'true' };
      isolatedNx = (...args) => run(program, args, { cwd: workspace.root, env: isolated });
    }, 60_000);

    afterAll(async () => {
      await registry.stop();
      workspace.remove();
    });

    const labels = (which: string): string[] => released.map((each) => `${each}@${which}`);
    const arrived = async (): Promise<string[]> => (await registry.arrivals()).map(label).sort();

    it('is that version, and its devkit runs with it', async () => {
      expect(succeeded(await nx('--version'))).toContain(`v${version}\n`);
      expect(succeeded(await nx('report'))).toMatch(new RegExp(`^nx +: ${version}$`, 'm'));
    }, 60_000);

    it('sets the workspace up', async () => {
      succeeded(await nx('g', '@forge/release:init', '--no-interactive'));
      const nxJson = JSON.parse(readFileSync(join(workspace.root, 'nx.json'), 'utf8')) as object;
      expect(nxJson).toMatchObject({
        plugins: ['@forge/release'],
        release: { projects: ['tag:forge:published'], projectsRelationship: 'independent' },
      });
      workspace.commit('Release with Forge');
    }, 60_000);

    it('shows the projects and what is known of them', async () => {
      expect(
        succeeded(await isolatedNx('show', 'projects'))
          .trim()
          .split('\n')
          .sort(),
      ).toEqual(['@lark/song', 'lark-cli', 'lark-core', 'lark_song']);
      const shown = JSON.parse(succeeded(await nx('show', 'project', 'lark-cli', '--json'))) as {
        readonly metadata: unknown;
      };
      expect(shown.metadata).toMatchObject({
        forge: {
          packages: [
            {
              ecosystem: 'cargo',
              name: 'lark-cli',
              version: '1.0.0',
              role: 'published',
              dependencies: [{ name: 'lark-core', isLocal: true }],
            },
          ],
          problems: [],
        },
      });
    }, 60_000);

    it('versions what the dry run planned', async () => {
      const planned = planOf(succeeded(await nx('release', 'minor', '--dry-run')));
      for (const each of labels('1.1.0')) expect(planned).toContain(each);
      expect(workspace.git('status', '--porcelain')).toBe('');
      expect(planOf(succeeded(await isolatedNx('release', 'minor', '--skip-publish')))).toBe(
        planned,
      );
      expect(workspace.git('status', '--porcelain')).toBe('');
      expect(workspace.git('tag').trim().split('\n')).toHaveLength(released.length);
    }, 60_000);

    it('says what affected projects would publish, and uploads nothing', async () => {
      const affected = ['affected', '-t', 'publish', '--base=HEAD~1', '--output-style=static'];
      const output = succeeded(await nx(...affected, '--dryRun'));
      for (const each of labels('1.1.0')) expect(output).toContain(`would publish  ${each}`);
      expect(await arrived()).toEqual([]);
    }, 120_000);

    it('publishes what it said', async () => {
      succeeded(await isolatedNx('run-many', '-t', 'publish'));
      expect(await arrived()).toEqual(labels('1.1.0'));
    }, 120_000);

    it('publishes as part of a release what is not there yet', async () => {
      succeeded(await nx('release', 'patch', '--skip-publish', '--projects=@lark/song'));
      const output = succeeded(await nx('release', 'publish'));
      expect(output).toContain('published      npm:@lark/song@1.1.1');
      expect(output.match(/^already there /gm)).toHaveLength(released.length - 1);
      expect(await arrived()).toEqual([...labels('1.1.0'), 'npm:@lark/song@1.1.1'].sort());
    }, 120_000);

    it('needs nothing of this repository but what was packed', () => {
      expect(leaks()).toEqual([]);
    });
  });
});
