import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';
import ForgeVersionActions from './version-actions';

const files: Readonly<Record<string, string>> = {
  'nx.json': '{ "plugins": ["@forge/release"] }\n',
  'core/Cargo.toml': '[package]\nname = "core"\nversion = "1.2.0"\n',
  'app/Cargo.toml':
    '[package]\nname = "app"\nversion = "1.0.0"\n[dependencies]\ncore = { path = "../core", version = "=1.2.0" }\n',
  'secret/Cargo.toml': '[package]\nname = "secret"\nversion = "0.1.0"\npublish = false\n',
  'leak/Cargo.toml':
    '[package]\nname = "leak"\nversion = "0.1.0"\n[dependencies]\nsecret = { path = "../secret", version = "0.1" }\n',
  'broken/package.json': '{ "name": "broken", "version": \n',
  'unversioned/Cargo.toml': '[package]\nname = "unversioned"\n',
  'empty/project.json': '{ "name": "empty" }\n',
};
let root: string;
let tree: Tree;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-version-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  tree = new FsTree(root, false);
});
afterEach(() => rmSync(root, { recursive: true }));

/** What Nx does for each project of a release, up to the first write. */
async function actionsOf(name: string): Promise<ForgeVersionActions> {
  type Arguments = ConstructorParameters<typeof ForgeVersionActions>;
  const node = { name, type: 'lib', data: { root: name } } as Arguments[1];
  const actions = new ForgeVersionActions(
    {
      name: 'group',
      projectsRelationship: 'independent',
      resolvedVersionPlans: false,
    } as Arguments[0],
    node,
    {} as Arguments[2],
  );
  await actions.init(tree);
  return actions;
}

const validate = async (name: string): Promise<void> => (await actionsOf(name)).validate();

describe('before anything is written', () => {
  it('a sound project passes', async () => {
    await expect(validate('app')).resolves.toBeUndefined();
  });

  it.each([
    ['broken', /^FORGE-M002 .*\n {2}--> broken\/package\.json:2:1/],
    ['leak', /^FORGE-G004 `leak` needs `secret` \(dependencies\), which is not published/],
    ['unversioned', /^FORGE-M005 .*\n {2}--> unversioned\/Cargo\.toml:1:1/],
    ['empty', /^FORGE-G003 `empty` holds no package/],
  ])('%s is refused with its reason', async (name, reason) => {
    await expect(validate(name)).rejects.toThrow(reason);
  });

  it('every refused project is named, whichever Nx looks at', async () => {
    const all = await Promise.all(['app', 'broken', 'leak', 'empty'].map(actionsOf));
    const answers = await Promise.allSettled(all.map((each) => each.validate()));
    const reasons = answers.flatMap((each) =>
      each.status === 'rejected' ? [String(each.reason)] : [],
    );
    expect(reasons).toHaveLength(3);
    for (const reason of reasons)
      expect(reason.match(/^(?:Error: )?FORGE-\w+/gm)).toEqual([
        'Error: FORGE-M002',
        'FORGE-G004',
        'FORGE-G003',
      ]);
  });

  it.each(['broken', 'unversioned', 'empty'])(
    '%s gets that far: Nx asks for a version and a manifest first',
    async (name) => {
      const actions = await actionsOf(name);
      expect(actions.validManifestFilenames).not.toEqual([]);
      await expect(actions.readCurrentVersionFromSourceManifest()).resolves.toMatchObject({
        currentVersion: '0.0.0',
      });
    },
  );
});

describe('a new version', () => {
  it('is written with the pins of dependents when Nx asks for requirements, in the tree only', async () => {
    const core = await actionsOf('core');
    await core.updateProjectVersion(tree, '2.0.0');
    expect(tree.listChanges()).toEqual([]);
    await core.updateProjectDependencies(tree);
    expect(tree.read('core/Cargo.toml', 'utf8')).toBe(
      files['core/Cargo.toml']?.replace('1.2.0', '2.0.0'),
    );
    expect(tree.read('app/Cargo.toml', 'utf8')).toBe(
      files['app/Cargo.toml']?.replace('=1.2.0', '=2.0.0'),
    );
    expect(readFileSync(join(root, 'app/Cargo.toml'), 'utf8')).toBe(files['app/Cargo.toml']);
  });

  it('is not named in the log while a dependency asks for it, as Nx may ask for another one later', async () => {
    const app = await actionsOf('app');
    const log = async (specifier: string, reason: string): Promise<readonly string[]> => {
      const { newVersion, logText } = await app.calculateNewVersion(
        '1.0.0',
        specifier,
        reason,
        {},
        '',
      );
      return [logText, ...(await app.updateProjectVersion(tree, newVersion))];
    };
    expect(await log('patch', 'DEPENDENCY_WAS_BUMPED')).toEqual(['a dependency moved']);
    expect(await log('minor', 'USER_SPECIFIER')).toEqual([
      '1.1.0: the given specifier `minor`',
      expect.stringMatching(/^\S+: app 1\.1\.0 in app\/Cargo\.toml$/),
    ]);
  });

  it('may be given twice and in any order, even after everything was written', async () => {
    const [core, app] = [await actionsOf('core'), await actionsOf('app')];
    await app.updateProjectVersion(tree, '1.0.1');
    await core.updateProjectVersion(tree, '1.2.1');
    await app.updateProjectDependencies(tree);
    await core.updateProjectDependencies(tree);
    await core.updateProjectVersion(tree, '2.0.0');
    expect(tree.read('app/Cargo.toml', 'utf8')).toBe(
      files['app/Cargo.toml']?.replace('1.0.0', '1.0.1').replace('=1.2.0', '=2.0.0'),
    );
  });

  it('is refused together with all others, and nothing is written', async () => {
    const [core, app] = [await actionsOf('core'), await actionsOf('app')];
    await core.updateProjectVersion(tree, '1.1.0');
    await app.updateProjectVersion(tree, '0.9.0');
    const answer = await app.updateProjectDependencies(tree).catch(String);
    expect(String(answer).match(/FORGE-V005 `\w+`/g)).toEqual([
      'FORGE-V005 `app`',
      'FORGE-V005 `core`',
    ]);
    expect(tree.listChanges()).toEqual([]);
  });

  it('is refused for a file that is a link out of the workspace, before Nx would write through it', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'forge-elsewhere-'));
    renameSync(join(root, 'app/Cargo.toml'), join(elsewhere, 'Cargo.toml'));
    symlinkSync(join(elsewhere, 'Cargo.toml'), join(root, 'app/Cargo.toml'));
    const core = await actionsOf('core');
    await core.updateProjectVersion(tree, '2.0.0');
    const answer = String(await core.updateProjectDependencies(tree).catch(String));
    rmSync(elsewhere, { recursive: true });
    expect(answer).toContain('FORGE-M027 `app/Cargo.toml` is a link');
    expect(tree.listChanges()).toEqual([]);
  });

  it('that cannot be had is told with everything else', async () => {
    const [core, app] = [await actionsOf('core'), await actionsOf('app')];
    const calculated = await core.calculateNewVersion('1.2.0', 'bigger', 'USER_SPECIFIER', {}, '');
    expect(calculated.newVersion).toBe('1.2.0');
    await core.updateProjectVersion(tree, calculated.newVersion);
    await app.updateProjectVersion(tree, '0.9.0');
    const answer = String(await core.updateProjectDependencies(tree).catch(String));
    expect(answer.match(/FORGE-V\d+/g)).toEqual(['FORGE-V006', 'FORGE-V005']);
  });
});
