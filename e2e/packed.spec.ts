import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installPacked, packPackages, watchResolution, type Packed } from './support/packed';
import { repository } from './support/repository';
import { run, runOk, userEnvironment } from './support/run';
import { copyWorkspace, type TemporaryWorkspace } from './support/workspace';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

const program = (name: string): string => join(repository, 'node_modules/.bin', name);

describe('the packages as they are published', () => {
  let directory: string;
  let packed: readonly Packed[];

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-packed-')));
    packed = packPackages(directory);
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const filesOf = (name: string): readonly string[] =>
    packed.find((each) => each.name === `@forge/${name}`)?.files ?? [];

  it.each([
    ['ecosystems', ['dist/index.js', 'dist/index.d.ts']],
    ['registry', ['bin/forge-registry.js', 'dist/main.js', 'dist/index.d.ts']],
    [
      'release',
      [
        'dist/index.js',
        'dist/index.d.ts',
        'dist/version/version-actions.js',
        'dist/version/version-actions.d.ts',
        'executors.json',
        'generators.json',
        'src/executors/package/schema.json',
        'src/executors/publish/schema.json',
        'src/executors/registry/schema.json',
        'src/executors/version/schema.json',
        'src/generators/init/schema.json',
      ],
    ],
  ])('holds what %s needs', (name, needed) => {
    const usual = ['package.json', 'README.md', 'LICENSE'];
    expect(filesOf(name)).toEqual(expect.arrayContaining([...needed, ...usual]));
  });

  it('holds what each ecosystem knows, with its sources', () => {
    for (const ecosystem of ecosystems)
      expect(filesOf('ecosystems')).toEqual(
        expect.arrayContaining([
          `dist/ecosystems/${ecosystem}/index.js`,
          `src/ecosystems/${ecosystem}/README.md`,
        ]),
      );
  });

  it.each(['ecosystems', 'registry', 'release'])('holds nothing else of %s', (name) => {
    const allowed =
      /^(?:package\.json|README\.md|LICENSE|(?:executors|generators)\.json|bin\/[\w-]+\.js|dist\/.+(?:\.js|\.d\.ts)|src\/(?:executors|generators)\/[\w-]+\/schema\.json|src\/ecosystems\/\w+\/README\.md)$/;
    const unwanted =
      /\.spec\.|\.tsbuildinfo|(?:^|\/)(?:testing|fixtures|transcripts|conformance)\//;
    expect(filesOf(name).filter((file) => !allowed.test(file) || unwanted.test(file))).toEqual([]);
  });

  it.each(['ecosystems', 'registry', 'release'])('suits every way to load %s', async (name) => {
    const { tarball } = packed.find((each) => each.name === `@forge/${name}`)!;
    const { exitCode, output } = await run(program('publint'), ['run', tarball], {
      cwd: directory,
      env: process.env,
    });
    expect({ exitCode, output }).toMatchObject({
      exitCode: 0,
      output: expect.not.stringMatching(/^errors:/im),
    });
  });

  describe('installed in a foreign workspace', () => {
    let workspace: TemporaryWorkspace;
    let env: Record<string, string>;
    let leaks: () => readonly string[];

    beforeAll(() => {
      workspace = copyWorkspace(join(repository, 'examples/polyglot'), (root) =>
        installPacked(root, packed),
      );
      const watch = watchResolution(directory);
      leaks = watch.leaks;
      const bins = join(workspace.root, 'node_modules/.bin');
      const path = [bins, process.env['PATH']].join(delimiter);
      env = { ...userEnvironment({ url: 'http://127.0.0.1:9', token: '' }, path), ...watch.env };
    });

    // Whatever ran, ran without this repository's own packages.
    afterEach(() => expect(leaks()).toEqual([]));

    afterAll(() => workspace.remove());

    const here = (command: string, ...args: readonly string[]): Promise<string> =>
      runOk(command, args, { cwd: workspace.root, env });

    it('gives Nx projects of all ecosystems, gemspecs among them', async () => {
      await here('nx', 'g', '@forge/release:init', '--no-interactive');
      const file = join(directory, 'graph.json');
      await here('nx', 'graph', `--file=${file}`);
      const { graph } = JSON.parse(await here('cat', file)) as {
        graph: { nodes: Record<string, { data: { metadata?: { forge?: Metadata } } }> };
      };
      const found = Object.values(graph.nodes).flatMap(({ data }) =>
        (data.metadata?.forge?.packages ?? []).map((each) => each.ecosystem),
      );
      expect([...new Set(found)].sort()).toEqual([...ecosystems].sort());
      const shown = await here('nx', 'show', 'projects');
      expect(shown.split('\n').filter(Boolean).sort()).toEqual(Object.keys(graph.nodes).sort());
    }, 60_000);

    it('gives the registry as a command', async () => {
      expect(await here('npx', '--no-install', 'forge-registry', '--help')).toMatch(
        /^Usage: forge-registry/m,
      );
    }, 30_000);

    it('gives Nx its plugin, and version actions that it can construct', async () => {
      const script = `const { createNodes, createNodesV2, createDependencies } = require('@forge/release');
        const actions = require('@forge/release/version-actions');
        console.log(JSON.stringify([createNodes.length, createNodesV2 === createNodes,
          typeof createDependencies, typeof actions.default]));`;
      expect(JSON.parse(await here('node', '-e', script))).toEqual([
        2,
        true,
        'function',
        'function',
      ]);
    });

    it.each([
      ['CommonJS', 'commonjs', 'node16', 'node16'],
      ['ES modules', 'module', 'nodenext', 'nodenext'],
      ['a bundler', 'module', 'esnext', 'bundler'],
    ])(
      'has types for %s',
      async (_, type, module, moduleResolution) => {
        const folder = join(workspace.root, `types-${moduleResolution}`);
        await here('mkdir', '-p', folder);
        writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
        writeFileSync(join(folder, 'consumer.ts'), consumer);
        const { output } = await run(
          program('tsc'),
          [
            ...['--noEmit', '--strict', '--pretty', 'false', '--target', 'es2023'],
            ...['--types', 'node', '--module', module, '--moduleResolution', moduleResolution],
            join(folder, 'consumer.ts'),
          ],
          { cwd: workspace.root, env },
        );
        const errors = output.split('\n').filter((line) => /error TS\d/.test(line));
        // Nx 23.2.1 needs `skipLibCheck`; with it, what is wrong in our own declarations would pass as well.
        expect(errors.filter((line) => !line.startsWith('node_modules/nx/'))).toEqual([]);
      },
      60_000,
    );
  });
});

interface Metadata {
  readonly packages: readonly { readonly ecosystem: string }[];
}

/** What a consumer's code may say; each wrong use has to stay an error. */
const consumer = `
import { ecosystems, ForgeError, type Ecosystem } from '@forge/ecosystems';
import { createNodes, type ForgeMetadata, type PluginOptions } from '@forge/release';
import { startRegistry, type RunningRegistry } from '@forge/registry';

export const ids: readonly string[] = ecosystems.map((each: Ecosystem) => each.id);
export const glob: string = createNodes[0];
export const options: PluginOptions = { targets: { package: 'pack' } };
export const names = (metadata: ForgeMetadata): string[] => metadata.packages.map(({ name }) => name);
export async function serve(): Promise<string> {
  const registry: RunningRegistry = await startRegistry();
  return registry.url;
}
export const refuse = (): never => {
  throw new ForgeError('FORGE-C001', { what: 'no' });
};
// @ts-expect-error there is no such option
export const wrong: PluginOptions = { targets: { launch: 'x' } };
`;
