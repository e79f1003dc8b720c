import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { succeeded } from './support/run';
import { nxIn, type Nx } from './support/user';
import { rootPackage, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

const cabalFile = (version: string): string => `cabal-version: 2.4
name: lantern
version: ${version}
build-type: Simple

library
  build-depends: base
  default-language: Haskell2010
`;

/** Hackage has no prereleases, but candidates of a version, which cabal uploads without `--publish`. */
describeWithTools('prereleases of a package for Hackage', ['hackage'], () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;
  let nx: Nx;
  beforeAll(async () => {
    registry = await startRegistryProcess();
    workspace = writeWorkspace({
      'package.json': rootPackage(),
      'nx.json': '{ "release": { "version": { "currentVersionResolver": "disk" } } }\n',
      'lantern/lantern.cabal': cabalFile('1.2.0'),
    });
    nx = nxIn(workspace, registry);
    succeeded(await nx('g', '@forge/release:init', '--no-interactive', '--skipPackageJson'));
    workspace.commit('Release with Forge');
  }, 120_000);
  afterAll(async () => {
    workspace.remove();
    await registry.stop();
  });

  const manifest = (): string =>
    readFileSync(join(workspace.root, 'lantern/lantern.cabal'), 'utf8');
  const release = async (...version: readonly string[]): Promise<void> => {
    succeeded(await nx('release', 'version', ...version, '--git-commit=false', '--git-tag=false'));
    workspace.commit(`Release ${version.join(' ')}`);
    succeeded(await nx('release', 'publish'));
  };
  const uploads = (): string[] =>
    registry
      .requests()
      .filter(({ method, status }) => method === 'POST' && status === 200)
      .map(({ path }) => path.replace(/^.*\/hackage/, ''));

  it('are candidates, until a release ends them', async () => {
    await release('preminor', '--preid=rc');
    expect(manifest()).toBe(cabalFile('1.3.0\nx-release-candidate: rc.0'));
    await release('prerelease', '--preid=rc');
    expect(manifest()).toBe(cabalFile('1.3.0\nx-release-candidate: rc.1'));
    expect(uploads()).toEqual(['/packages/candidates', '/packages/candidates']);
    await release('1.3.0');
    expect(manifest()).toBe(cabalFile('1.3.0'));
    expect(uploads()).toEqual(['/packages/candidates', '/packages/candidates', '/upload']);
    expect((await registry.arrivals()).map(({ version }) => version)).toEqual([
      '1.3.0-rc.0',
      '1.3.0-rc.1',
      '1.3.0',
    ]);
  }, 180_000);

  it('are not uploaded a second time', async () => {
    const before = registry.requests().length;
    succeeded(await nx('release', 'publish'));
    const later = registry.requests().slice(before);
    expect(later.filter(({ method }) => method !== 'GET')).toEqual([]);
  }, 60_000);
});
