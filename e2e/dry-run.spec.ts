import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { recordTools, type RecordedCall, type RecordingTools } from './support/recording-tools';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment, type RunResult } from './support/run';
import { copyWorkspace, type TemporaryWorkspace } from './support/workspace';

const plain = '--output-style=static';
const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

/** Anything of a tool that changes a registry, whatever its other arguments are. */
const publishing =
  /^(?:(?:cargo|uv) publish|npm (?:publish|unpublish|deprecate|dist-tag|owner|access)|twine upload|gem (?:push|yank|owner)|cabal upload|mix hex\.(?:publish|retire|owner)|cargo (?:yank|owner)|curl .*(?:-X|-T|--request|--upload-file|-d|--data))\b/;
const publishes = ({ program, argv }: RecordedCall): boolean =>
  publishing.test([program, ...argv].join(' '));

/** Files of the user's, git's references and index content: all that a dry run must leave alone. */
function stateOf({ root, git }: TemporaryWorkspace): string {
  const lines: string[] = [];
  const visit = (directory: string): void => {
    for (const name of readdirSync(join(root, directory)).sort()) {
      const path = join(directory, name);
      if (['node_modules', '.nx', '.git', '.forge'].includes(path)) continue;
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) visit(path);
      else if (stat.isFile())
        lines.push(
          `${path} ${stat.mode} ${stat.mtimeMs} ${readFileSync(join(root, path)).toString('base64')}`,
        );
    }
  };
  visit('.');
  return [
    ...lines,
    git('for-each-ref'),
    git('rev-parse', 'HEAD'),
    git('status', '--porcelain'),
  ].join('\n');
}

describeWithTools('a dry run, with recording tools and a recording registry', ecosystems, () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;
  let tools: RecordingTools;
  let base: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    registry = await startRegistryProcess();
    base = mkdtempSync(join(tmpdir(), 'forge-dry-run-'));
    tools = recordTools(base, process.env['PATH'] ?? '');
    workspace = copyWorkspace(join(repository, 'examples/polyglot'));
    env = userEnvironment(registry, tools.path);
    succeeded(await nx({}, 'g', '@forge/release:init', '--no-interactive'));
    workspace.commit('Release with Forge');
  }, 180_000);

  afterAll(async () => {
    await registry.stop();
    workspace.remove();
    rmSync(base, { recursive: true, force: true });
  });

  type Variables = Readonly<Record<string, string>>;
  const nx = (more: Variables, ...args: readonly string[]): Promise<RunResult> =>
    run(join(repository, 'node_modules/.bin/nx'), args, {
      cwd: workspace.root,
      env: { ...env, ...more },
    });
  const forge = (more: Variables, ...args: readonly string[]): Promise<RunResult> =>
    run(process.execPath, [join(repository, 'packages/release/bin/forge-release.js'), ...args], {
      ...{ cwd: workspace.root, env: { ...env, ...more } },
    });

  const mutations = () =>
    registry
      .requests()
      .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
      .map(({ method, path }) => `${method} ${path}`);

  /** Nothing was started that publishes, nothing sent that changes, nothing written that is the user's. */
  async function changesNothing(start: () => Promise<RunResult>): Promise<string> {
    const before = stateOf(workspace);
    const output = succeeded(await start());
    expect(tools.calls().filter(publishes)).toEqual([]);
    expect(mutations()).toEqual([]);
    expect(stateOf(workspace)).toBe(before);
    return output;
  }

  it('nx release --dry-run publishes nothing: Nx asks first, and there is nobody to answer', async () => {
    const output = await changesNothing(() => nx({}, 'release', 'minor', '--dry-run'));
    expect(output).toMatch(/^Release plan .*: 13 packages, /m);
  }, 600_000);

  // The commit before the last has no nx.json: everything is affected.
  const affected = ['affected', '-t', 'publish', '--base=HEAD~1', '--dryRun', plain];
  it.each([
    ['nx release --dry-run --yes', 'release', 'minor', '--dry-run', '--yes'],
    ['nx release publish --dry-run', 'release', 'publish', '--dry-run'],
    ['nx affected -t publish --dryRun', ...affected],
    ['nx run-many -t publish --dryRun', 'run-many', '-t', 'publish', '--dryRun', plain],
  ])(
    '%s publishes nothing, and says of every package that it would be published',
    async (_, ...args) => {
      const output = await changesNothing(() => nx({}, ...args));
      expect(output.match(/^would publish /gm)).toHaveLength(13);
    },
    600_000,
  );

  it.each([
    ['nx release', 'release', 'minor', '--yes'],
    ['nx release version', 'release', 'version', 'minor'],
  ])(
    'FORGE_RELEASE_DRY_RUN=true keeps a real %s from beginning',
    async (_, ...args) => {
      const before = stateOf(workspace);
      const { exitCode, output } = await nx({ FORGE_RELEASE_DRY_RUN: 'true' }, ...args);
      expect(exitCode).not.toBe(0);
      expect(output).toContain('FORGE-L014');
      expect(stateOf(workspace)).toBe(before);
      expect(mutations()).toEqual([]);
    },
    600_000,
  );

  it.each([
    ['nx run-many -t publish', 'run-many', '-t', 'publish', plain],
    ['nx release publish', 'release', 'publish'],
  ])(
    'FORGE_RELEASE_DRY_RUN=true wins over a real %s',
    async (_, ...args) => {
      const latch = { FORGE_RELEASE_DRY_RUN: 'true' };
      const output = await changesNothing(() => nx(latch, ...args));
      expect(output).toMatch(/^would publish /m);
    },
    600_000,
  );

  it('FORGE_RELEASE_DRY_RUN=true wins over a real forge-release run', async () => {
    const latch = { FORGE_RELEASE_DRY_RUN: 'true' };
    const output = await changesNothing(() => forge(latch, 'run', 'minor', '--yes'));
    expect(output).toContain('dry run');
  }, 600_000);

  it('forge-release run does exactly what its dry run printed', async () => {
    const printed = await changesNothing(() => forge({}, 'run', 'minor', '--dry-run'));
    const waves = [...printed.matchAll(/^ {2}\d+\. (.+)$/gm)].flatMap(([, wave = '']) =>
      wave.split(', '),
    );
    expect(waves.length).toBe(13);
    const tagsBefore = tags();
    succeeded(await forge({}, 'run', 'minor', '--yes'));
    const arrived = (await registry.arrivals()).map(
      ({ ecosystem, name, version }) => `${ecosystem}:${name}@${version}`,
    );
    expect(arrived.sort()).toEqual([...waves].sort());
    expect(tools.calls().filter(publishes).length).toBeGreaterThan(0);
    expect(tags().filter((tag) => !tagsBefore.includes(tag))).toEqual(
      sectionOf(printed, 'tags, ').sort(),
    );
    expect(workspace.git('log', '-1', '--format=%B').split('\n').filter(Boolean)).toEqual(
      sectionOf(printed, 'commit'),
    );
    // What was printed, applied to the commit before, is the commit of the release, but for what is told of it.
    const patch = join(base, 'printed.patch');
    writeFileSync(patch, patchIn(printed));
    workspace.git('read-tree', 'HEAD~1');
    workspace.git('apply', '--cached', patch);
    const left = workspace.git('diff', '--cached', '--name-only', 'HEAD').split('\n');
    expect(left.filter((file) => file !== '' && !/CHANGELOG\.md$/.test(file))).toEqual([]);
  }, 900_000);

  const tags = () => workspace.git('tag').split('\n').filter(Boolean).sort();
});

/** The indented lines below a heading. */
function sectionOf(printed: string, heading: string): string[] {
  const lines = printed.split('\n');
  const start = lines.findIndex((line) => line.startsWith(heading)) + 1;
  const length = lines.slice(start).findIndex((line) => !line.startsWith('  '));
  return lines.slice(start, start + length).map((line) => line.trim());
}

/** All unified diffs, one after the other; each ends where a line is empty. */
function patchIn(printed: string): string {
  return [...printed.matchAll(/^--- a\/.*\n(?:.+\n)+/gm)].map(([diff]) => diff).join('');
}
