import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NxJsonConfiguration, ProjectConfiguration } from '@nx/devkit';
import { createInference } from './inference';
import { createDependencies, createNodes, createNodesV2 } from './plugin';

const crate = (name: string, needs: readonly string[] = []): string =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\n[dependencies]\n${needs
    .map((each) => `${each} = { path = "../${each}", version = "1" }\n`)
    .join('')}`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-plugin-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Record<string, string>): string[] {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return Object.keys(files);
}

async function infer(
  files: Record<string, string>,
  options?: object,
  release?: NxJsonConfiguration['release'],
): Promise<Record<string, ProjectConfiguration>> {
  const context = { workspaceRoot: root, nxJsonConfiguration: { ...(release && { release }) } };
  const nodes = await createNodes[1](write(files), options, context);
  return Object.assign({}, ...nodes.map(([, { projects }]) => projects)) as Record<
    string,
    ProjectConfiguration
  >;
}

describe('createNodes', () => {
  it('is the same under its older name', () => expect(createNodesV2).toBe(createNodes));

  it('lists what must be published first by name', async () => {
    const nodes = await infer({ 'a/Cargo.toml': crate('a', ['b']), 'b/Cargo.toml': crate('b') });
    expect(nodes['a']?.targets?.['publish']).toMatchObject({
      executor: '@forge/release:publish',
      cache: false,
      dependsOn: ['package', { projects: ['b'], target: 'publish', params: 'forward' }],
    });
    expect(nodes['b']?.targets?.['nx-release-publish']).toMatchObject({ dependsOn: ['package'] });
    expect(nodes['a']?.targets?.['package']).toMatchObject({
      cache: true,
      inputs: ['{projectRoot}/**/*', '{workspaceRoot}/b/Cargo.toml'],
      outputs: ['{workspaceRoot}/.forge/artifacts/a'],
    });
  });

  it('lets scripts concern a project that a trigger names as its own', async () => {
    const files = { 'a/Cargo.toml': crate('a'), 'b/Cargo.toml': crate('b') };
    const options = { triggers: { one: { own: ['tools/a/**'] } } };
    const nodes = await infer(files, options, { groups: { one: { projects: 'a' } } });
    const inputs = ['a', 'b'].map((name) => nodes[name]?.targets?.['package']?.inputs);
    expect(inputs).toEqual([
      ['{projectRoot}/**/*', '{workspaceRoot}/tools/a/**'],
      ['{projectRoot}/**/*'],
    ]);
  });

  it('tells what it knows of each package', async () => {
    const nodes = await infer({ 'a/Cargo.toml': crate('a', ['b']), 'b/Cargo.toml': crate('b') });
    expect(nodes['a']).toMatchObject({
      tags: ['forge:cargo', 'forge:published'],
      release: { version: { versionActions: '@forge/release/version-actions' } },
      metadata: {
        forge: {
          problems: [],
          packages: [
            {
              ecosystem: 'cargo',
              name: 'a',
              version: '1.0.0',
              role: 'published',
              manifest: 'a/Cargo.toml',
              dependencies: [
                {
                  name: 'b',
                  requirement: '1',
                  kind: 'runtime',
                  isLocal: true,
                  localPath: 'b',
                  section: 'dependencies',
                },
              ],
            },
          ],
        },
      },
    });
  });

  it('leaves targets of the user alone', async () => {
    const nodes = await infer({
      'a/Cargo.toml': crate('a'),
      'a/project.json': JSON.stringify({
        name: 'a',
        targets: { package: { command: 'make' }, publish: { options: { access: 'public' } } },
      }),
    });
    expect(Object.keys(nodes['a']?.targets ?? {})).toEqual([
      'publish',
      'nx-release-publish',
      'version',
      'forge:check',
    ]);
    expect(nodes['a']?.targets?.['publish']?.dependsOn).toEqual([]);
  });

  it('takes scripts for targets only where Nx does', async () => {
    const json = JSON.stringify({ name: 'x', version: '1.0.0', scripts: { version: 'x' } });
    const files = {
      'package.json': '{"private":true,"workspaces":["in/*"]}',
      'in/x/package.json': json,
    };
    const nodes = await infer({ ...files, 'out/y/package.json': json.replace('"x"', '"y"') });
    expect(nodes['in/x']?.targets).not.toHaveProperty('version');
    expect(nodes['out/y']?.targets).toHaveProperty('version');
  });

  it('renames targets and switches ecosystems off', async () => {
    const files = {
      'a/Cargo.toml': crate('a'),
      'b/package.json': '{"name":"b","version":"1.0.0"}',
    };
    const nodes = await infer(files, {
      ecosystems: { npm: false },
      targets: { publish: 'upload' },
    });
    expect(Object.keys(nodes)).toEqual(['a']);
    expect(Object.keys(nodes['a']?.targets ?? {})).toEqual([
      'package',
      'upload',
      'nx-release-publish',
      'version',
      'forge:check',
    ]);
  });

  it('refuses an option that it does not know', async () => {
    await expect(async () => infer({}, { publish: true })).rejects.toThrow(/FORGE-C001[^]*fix: /);
  });

  it('gives a private package nothing but the check', async () => {
    const nodes = await infer({
      'a/package.json': '{"name":"a","version":"1.0.0","private":true}',
    });
    expect(nodes['a']?.tags).toEqual(['forge:npm']);
    expect(nodes['a']?.targets).toMatchObject({
      'forge:check': {
        cache: true,
        inputs: [
          '{workspaceRoot}/**/{package.json,package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,pnpm-workspace.yaml,yarn.lock,.yarnrc.yml,bun.lock}',
          '{workspaceRoot}/nx.json',
        ],
      },
    });
    expect(Object.keys(nodes['a']?.targets ?? {})).toHaveLength(1);
  });
});

describe('createDependencies', () => {
  it('uses the names that projects have in the end', async () => {
    const files = { 'a/Cargo.toml': crate('a', ['b']), 'b/Cargo.toml': crate('b') };
    await infer(files);
    const none = { nonProjectFiles: [], projectFileMap: {} };
    const projects = { a: { root: 'a' }, renamed: { root: 'b' } };
    const context = {
      projects,
      workspaceRoot: root,
      fileMap: none,
      filesToProcess: none,
      externalNodes: {},
      nxJsonConfiguration: {},
    };
    expect(await createDependencies(undefined, context)).toEqual([
      { source: 'a', target: 'renamed', sourceFile: 'a/Cargo.toml', type: 'static' },
    ]);
  });
});

describe('inference', () => {
  it('remembers while nothing changes, and sees every change', () => {
    const inference = createInference();
    const files = write({
      'Cargo.toml': '[workspace.package]\nversion = "1.0.0"\n[workspace]\n',
      'a/Cargo.toml': crate('a').replace('"1.0.0"', '{ workspace = true }'),
    });
    const first = inference.infer(root, files, undefined);
    expect(inference.infer(root, files, undefined)).toBe(first);
    write({ 'Cargo.toml': '[workspace.package]\nversion = "1.0.1"\n[workspace]\n' });
    const second = inference.infer(root, files, undefined);
    expect(second.model.packages[0]?.manifest.version.value).toBe('1.0.1');
    expect(inference.infer(root, [...files, 'b/Cargo.toml'], undefined)).not.toBe(second);
  });

  it('warns once of a workspace where it finds nothing, and says what it looked for', () => {
    const warnings: string[] = [];
    const inference = createInference((text) => warnings.push(text));
    const files = write({ 'package.json': '{"private":true}' });
    inference.infer(root, files, { ecosystems: { hex: false } });
    inference.infer(root, [...files, 'project.json'], { ecosystems: { hex: false } });
    expect(warnings).toEqual([
      expect.stringMatching(/^FORGE-G003 .*`Cargo\.toml`, `package\.json`/),
    ]);
    expect(warnings[0]).not.toContain('mix.exs');
  });

  it('warns once of a broken manifest, with file, line and reason', () => {
    const warnings: string[] = [];
    const inference = createInference((text) => warnings.push(text));
    const files = write({ 'a/Cargo.toml': '[package]\nname = "a\n', 'b/Cargo.toml': crate('b') });
    inference.infer(root, files, undefined);
    write({ 'b/Cargo.toml': crate('c') });
    inference.infer(root, files, undefined);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/a\/Cargo\.toml:2/);
  });
});
