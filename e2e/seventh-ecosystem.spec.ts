/** @jest-environment ../packages/registry/jest/pglite-environment.js */
import { createHash } from 'node:crypto';
import { ecosystems as six, type Ecosystem } from '@forge/ecosystems';
import { startRegistry, type RunningRegistry } from '@forge/registry';
import type { ProjectGraphProjectNode } from '@nx/devkit';
import { FsTree, flushChanges } from 'nx/src/generators/tree';
import { toy } from '../packages/ecosystems/src/testing';
import { openWorkspace, type Workspace } from '../packages/release/src/effects/open-workspace';
import { createWorld } from '../packages/release/src/effects/world';
import { packageProjects } from '../packages/release/src/package/package-projects';
import { publishUnits } from '../packages/release/src/publish/publish-units';
import { unitsOfProject } from '../packages/release/src/publish/units-of-project';
import ForgeVersionActions from '../packages/release/src/version/version-actions';
import { sessionOf } from '../packages/release/src/version/version-session';
import { writeWorkspace, type TemporaryWorkspace } from './support/workspace';

// The one line; the folder is packages/ecosystems/src/testing/toy.
const ecosystems: readonly Ecosystem[] = [...six, toy];

/** Two toys, and an npm package that has a name in common with one of them. */
const files = {
  'nx.json': '{ "plugins": ["@forge/release"] }\n',
  'toys/core/toy.pkg': 'name = core\nversion = 1.2.0\n',
  'toys/app/toy.pkg': '# an app\nname = app\nversion = 1.2.0\nneeds = core path:../core\n',
  'toys/app/hello.txt': 'hello\n',
  'web/core/package.json': '{ "name": "core", "version": "1.2.0", "files": ["index.js"] }\n',
  'web/core/index.js': 'exports.core = true;\n',
};

describe('a seventh ecosystem: one folder and one line', () => {
  let registry: RunningRegistry;
  let workspace: TemporaryWorkspace;
  const open = (): Promise<Workspace> => openWorkspace(workspace.root, ecosystems);

  beforeAll(async () => {
    registry = await startRegistry({ ecosystems });
    process.env['FORGE_TOKEN'] = registry.token;
    workspace = writeWorkspace(files);
  }, 60_000);
  afterAll(async () => {
    delete process.env['FORGE_TOKEN'];
    await registry.close();
    workspace.remove();
  });

  it('is read: projects, names and edges', async () => {
    const { model } = await open();
    expect([...model.projects].map(([root, { name }]) => [root, name])).toEqual([
      ['toys/app', 'app'],
      ['toys/core', 'core-toy'],
      ['web/core', 'core'],
    ]);
    expect(
      model.edges.map(({ from, to }) => `${from.manifest.file} → ${to.manifest.file}`),
    ).toEqual(['toys/app/toy.pkg → toys/core/toy.pkg']);
  });

  it('is planned and versioned', async () => {
    const tree = new FsTree(workspace.root, false);
    const { planner } = await sessionOf(tree, ecosystems);
    const versioned: ForgeVersionActions[] = [];
    for (const root of ['toys/core', 'toys/app']) {
      const node = { name: root, type: 'lib', data: { root } } as ProjectGraphProjectNode;
      const actions = new ForgeVersionActions(group, node, settings);
      await actions.init(tree);
      await actions.validate();
      const current = await actions.readCurrentVersionFromSourceManifest();
      const { newVersion } = await actions.calculateNewVersion(
        current?.currentVersion ?? null,
        'minor',
        'USER_SPECIFIER',
        {},
        '',
      );
      await actions.updateProjectVersion(tree, newVersion);
      versioned.push(actions);
    }
    for (const actions of versioned) await actions.updateProjectDependencies(tree);
    expect(planner.settle()).toMatchObject({
      ok: true,
      value: {
        plan: {
          packages: [
            { ecosystem: 'toy', name: 'core', from: '1.2.0', to: '1.3.0', wave: 1 },
            { ecosystem: 'toy', name: 'app', from: '1.2.0', to: '1.3.0', wave: 2 },
          ],
        },
      },
    });
    flushChanges(workspace.root, tree.listChanges());
    expect(workspace.git('diff', '--name-only').split('\n').filter(Boolean)).toEqual([
      'toys/app/toy.pkg',
      'toys/core/toy.pkg',
    ]);
    workspace.commit('1.3.0');
  });

  it('is packaged, published in order, and found by its digest', async () => {
    const opened = await open();
    const packaged = await packageProjects(opened, [...opened.model.projects.values()], world);
    expect(packaged.flatMap(({ problems }) => problems)).toEqual([]);
    expect(await publish(opened)).toEqual([
      'npm core 1.2.0 published',
      'toy app 1.3.0 published',
      'toy core 1.3.0 published',
    ]);
    const toys = (await arrivals()).filter(({ ecosystem }) => ecosystem === 'toy');
    expect(toys.map(({ name }) => name)).toEqual(['core', 'app']);
    const endpoints = toy.endpointsAt(registry.url);
    const { status, body } = await get(toy.remote.lookup('app', '1.3.0', endpoints).url);
    const presence = toy.remote.presence('app', '1.3.0', { status, headers: {}, body }, endpoints);
    const built = packaged.find(({ project }) => project.name === 'app')?.packed[0]?.artifacts[0];
    expect(presence).toMatchObject({
      state: 'present',
      files: [{ digests: [{ algorithm: 'sha256', value: built?.sha256 }] }],
    });
    const url = presence.state === 'present' ? presence.files[0]?.url : undefined;
    const served = createHash('sha256')
      .update((await get(url ?? '')).body)
      .digest('hex');
    expect(served).toBe(built?.sha256);
  }, 60_000);

  it('is identical, and already there, the second time', async () => {
    expect(await publish(await open())).toEqual([
      'npm core 1.2.0 already-there (identical)',
      'toy app 1.3.0 already-there (identical)',
      'toy core 1.3.0 already-there (identical)',
    ]);
    expect(await arrivals()).toHaveLength(3);
  }, 60_000);

  const world = createWorld({ dryRun: false });

  /** What became of every package of the workspace, sorted. */
  async function publish(opened: Workspace): Promise<string[]> {
    const options = { registry: registry.url, onDuplicate: 'fail', allowDirty: false } as const;
    const prepared = [...opened.model.projects.values()].map((project) =>
      unitsOfProject(workspace.root, project, options, false),
    );
    expect(prepared.flatMap(({ problems }) => problems)).toEqual([]);
    const units = prepared.flatMap((each) => each.units);
    const report = await publishUnits(opened, units, [], options, world, () => undefined);
    if (report.kind === 'refused') throw report.problems[0];
    return [...report.results]
      .map(([{ node, version }, result]) => {
        const how = result.kind === 'already-there' ? ` (${result.how})` : '';
        return `${node.ecosystem.id} ${node.manifest.name} ${version} ${result.kind}${how}`;
      })
      .sort();
  }

  async function arrivals(): Promise<{ ecosystem: string; name: string }[]> {
    const { body } = await get(`${registry.url}/api/v1/versions`);
    return (JSON.parse(body.toString()) as { versions: { ecosystem: string; name: string }[] })
      .versions;
  }
});

type Arguments = ConstructorParameters<typeof ForgeVersionActions>;
const group = { name: 'toys' } as Arguments[0];
const settings = { adjustSemverBumpsForZeroMajorVersion: false } as Arguments[2];

async function get(url: string): Promise<{ status: number; body: Buffer }> {
  const response = await fetch(url);
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}
