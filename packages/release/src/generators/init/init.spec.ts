import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { logger, type Tree } from '@nx/devkit';
import { parse } from 'jsonc-parser';
import { initGenerator } from './init';

function workspace(nxJson: string | object, files: Record<string, string> = {}): Tree {
  const tree = createTreeWithEmptyWorkspace();
  const text = typeof nxJson === 'string' ? nxJson : `${JSON.stringify(nxJson, null, 2)}\n`;
  tree.write('nx.json', text);
  for (const [file, content] of Object.entries(files)) tree.write(file, content);
  return tree;
}

async function initialized(tree: Tree): Promise<Record<string, never>> {
  await initGenerator(tree, {});
  const text = tree.read('nx.json', 'utf8') ?? '';
  const snapshot = tree.listChanges().map(({ path, content }) => [path, content?.toString()]);
  await initGenerator(tree, {});
  const again = tree.listChanges().map(({ path, content }) => [path, content?.toString()]);
  expect(again).toEqual(snapshot);
  return parse(text) as Record<string, never>;
}

const publishDefaults = { executor: '@forge/release:publish', dependsOn: ['...'] };

describe('init', () => {
  it('writes what an empty nx.json lacks', async () => {
    expect(await initialized(workspace({}))).toEqual({
      plugins: ['@forge/release'],
      release: {
        projects: ['tag:forge:published'],
        projectsRelationship: 'independent',
        changelog: { automaticFromRef: true },
      },
      targetDefaults: { 'nx-release-publish': publishDefaults },
    });
  });

  it('asks Nx to find tags of versions with four parts only where such versions can be', async () => {
    const tree = workspace({}, { 'gems/a/a.gemspec': '' });
    expect(await initialized(tree)).toMatchObject({
      release: { releaseTag: { requireSemver: false } },
    });
  });

  it.each([
    ['string form', ['@nx/js', '@forge/release']],
    ['object form', [{ plugin: '@forge/release', options: { targets: { package: 'pack' } } }]],
  ])('keeps an entry in %s', async (_, plugins) => {
    expect(await initialized(workspace({ plugins }))).toMatchObject({ plugins });
  });

  it('adds its entry behind others', async () => {
    const plugins = ['@nx/js', { plugin: '@nx/jest/plugin' }];
    expect(await initialized(workspace({ plugins }))).toMatchObject({
      plugins: [...plugins, '@forge/release'],
    });
  });

  it('keeps release groups, a tag rule and what is said of changelogs', async () => {
    const release = {
      groups: { core: { projects: ['a'] } },
      releaseTag: { pattern: 'v{version}', requireSemver: true },
      changelog: { workspaceChangelog: false },
    };
    const tree = workspace({ release }, { 'a.gemspec': '' });
    expect(await initialized(tree)).toMatchObject({ release });
    expect(JSON.parse(tree.read('nx.json', 'utf8') ?? '').release).toEqual(release);
  });

  it('keeps a projects relationship', async () => {
    expect(
      await initialized(workspace({ release: { projectsRelationship: 'fixed' } })),
    ).toMatchObject({
      release: { projectsRelationship: 'fixed', projects: ['tag:forge:published'] },
    });
  });

  it.each([
    ['map form, executor set', { executor: 'x:y' }, { executor: 'x:y' }],
    [
      'map form',
      { options: { tag: 'next' } },
      { options: { tag: 'next' }, executor: '@forge/release:publish' },
    ],
    ['array form, executor set', [{ executor: 'x:y' }], [{ executor: 'x:y' }]],
    [
      'array form',
      [{ parallelism: false }],
      [{ parallelism: false, executor: '@forge/release:publish' }],
    ],
    [
      'array form with filters only',
      [{ filter: { projects: ['a'] }, executor: 'x:y' }],
      [{ executor: '@forge/release:publish' }, { filter: { projects: ['a'] }, executor: 'x:y' }],
    ],
  ])('completes target defaults in %s', async (_, before, after) => {
    const defaults = { build: { cache: true }, 'nx-release-publish': before };
    const { targetDefaults } = await initialized(workspace({ targetDefaults: defaults }));
    expect(targetDefaults).toEqual({ build: { cache: true }, 'nx-release-publish': after });
  });

  it('keeps comments and formatting', async () => {
    const before = '{\n\t// two cores\n\t"parallel": 3, // not more\n\t"defaultBase": "main"';
    const tree = workspace(`${before}\n}\n`);
    await initialized(tree);
    const after = tree.read('nx.json', 'utf8') ?? '';
    expect(after).toContain(`${before},\n\t"plugins": [`);
  });

  it('ignores its working files, once', async () => {
    const tree = workspace({}, { '.gitignore': 'node_modules\r\n/tmp' });
    await initialized(tree);
    expect(tree.read('.gitignore', 'utf8')).toBe(
      'node_modules\r\n/tmp\r\n.nx/cache\r\n.nx/workspace-data\r\n.forge/\r\n',
    );
  });

  it.each([
    ['.nx/\n.forge\n', '', true],
    ['/.nx/cache\n.nx/workspace-data/\n', '.forge/\n', false],
    ['.nx/*\n!.nx/version-plans\n/.forge/\n', '', false],
  ])(
    'ignores what %j does not, and says when version plans are lost',
    async (text, more, isTold) => {
      const warn = jest.spyOn(logger, 'warn').mockImplementation();
      const tree = workspace({}, { '.gitignore': text });
      await initialized(tree);
      expect(tree.read('.gitignore', 'utf8')).toBe(`${text}${more}`);
      const told = warn.mock.calls.filter(([line]) => String(line).includes('.gitignore'));
      expect(told.length > 0).toBe(isTold);
      warn.mockRestore();
    },
  );

  it('adds the dev dependency unless it is there', async () => {
    const tree = workspace({});
    await initGenerator(tree, { skipPackageJson: true });
    expect(JSON.parse(tree.read('package.json', 'utf8') ?? '')).not.toMatchObject({
      devDependencies: { '@forge/release': expect.any(String) },
    });
    await initGenerator(tree, {});
    expect(JSON.parse(tree.read('package.json', 'utf8') ?? '')).toMatchObject({
      devDependencies: { '@forge/release': '0.1.0' },
    });
    const other = workspace({}, { 'package.json': '{"dependencies":{"@forge/release":"*"}}' });
    await initGenerator(other, {});
    expect(other.read('package.json', 'utf8')).toBe('{"dependencies":{"@forge/release":"*"}}');
  });
});
