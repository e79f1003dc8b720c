import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { installPacked, packPackages } from './support/packed';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { succeeded } from './support/run';
import { nxIn, type Nx, type ShownProject } from './support/user';
import { rootPackage, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

const ours = '@forge/release:publish';

/** The plugin entered by hand: the state that `init` completes. */
const nxJson = {
  plugins: ['@forge/release'],
  release: { projects: ['tag:forge:published'], projectsRelationship: 'independent' },
};

/** A crate and an npm package in one directory, which npm has among its workspaces. */
const files = {
  'nx.json': `${JSON.stringify(nxJson)}\n`,
  'package.json': rootPackage(['beacon']),
  'beacon/Cargo.toml':
    '[package]\nname = "beacon-core"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "Lights up"\n',
  'beacon/src/lib.rs': 'pub fn lit() -> bool { true }\n',
  'beacon/package.json': `${JSON.stringify({ name: 'beacon', version: '1.0.0', files: ['index.js'] }, null, 2)}\n`,
  'beacon/index.js': 'exports.lit = true;\n',
};

describeWithTools('a Cargo.toml with a package.json beside it', ['cargo', 'npm'], () => {
  describe.each([
    ['with @nx/js', true],
    ['without @nx/js', false],
  ])('%s', (_, hasNxJs) => {
    let registry: RegistryProcess;
    let workspace: TemporaryWorkspace;
    let nx: Nx;

    beforeAll(async () => {
      registry = await startRegistryProcess();
      workspace = writeWorkspace(files, hasNxJs ? undefined : installWithoutNxJs);
      // What Nx's own executor would do has to end on this machine.
      nx = nxIn(workspace, registry, { npm_config_registry: `${registry.url}/npm/` });
    }, 120_000);
    afterAll(async () => {
      await registry.stop();
      workspace.remove();
    });

    const publishTarget = async (): Promise<string | undefined> => {
      const shown = succeeded(await nx('show', 'project', 'beacon', '--json'));
      return (JSON.parse(shown) as ShownProject).targets['nx-release-publish']?.executor;
    };
    const arrived = async (): Promise<string[]> =>
      (await registry.arrivals()).map(
        ({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`,
      );
    const first = ['cargo beacon-core 1.0.0', 'npm beacon 1.0.0'];

    it('is a workspace as the title says, also for Nx', () => {
      expect(resolves('@nx/js/package.json', workspace.root)).toBe(hasNxJs);
      const load = createRequire(join(workspace.root, 'package.json'));
      const nxJs = load('nx/src/utils/has-nx-js-plugin') as {
        hasNxJsPlugin(project: string, root: string): boolean;
      };
      expect(nxJs.hasNxJsPlugin('beacon', workspace.root)).toBe(hasNxJs);
    });

    it('publishes both by `publish` before init', async () => {
      // Nx gives members of the npm workspaces this target itself, after every plugin.
      expect(await publishTarget()).toBe(hasNxJs ? '@nx/js:release-publish' : ours);
      const planned = succeeded(await nx('release', 'minor', '--dry-run'));
      expect(planned.includes('FORGE-C005')).toBe(hasNxJs);
      succeeded(await nx('run', 'beacon:publish'));
      expect((await arrived()).sort()).toEqual(first);
    }, 120_000);

    it('publishes both by `nx release` after init', async () => {
      succeeded(await nx('g', '@forge/release:init', '--no-interactive'));
      workspace.commit('Release with Forge');
      expect(await publishTarget()).toBe(ours);
      succeeded(await nx('release', 'minor', '--skip-publish'));
      succeeded(await nx('release', 'publish'));
      const second = ['cargo beacon-core 1.1.0', 'npm beacon 1.1.0'];
      expect((await arrived()).sort()).toEqual([...first, ...second].sort());
    }, 240_000);
  });
});

/** Nx is a real directory there: linked, it would find what lies beside it in this repository. */
function installWithoutNxJs(root: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'forge-packed-'));
  installPacked(root, packPackages(directory));
  rmSync(directory, { recursive: true });
}

function resolves(module: string, root: string): boolean {
  try {
    return Boolean(createRequire(join(root, 'package.json')).resolve(module));
  } catch {
    // Not installed there.
    return false;
  }
}
