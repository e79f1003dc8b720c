import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  startRegistryProcess,
  type Arrival,
  type RegistryProcess,
} from './support/registry-process';
import { describeWithTools } from './support/describe-with-tools';
import { succeeded } from './support/run';
import { Walkthrough } from './support/walkthrough';
import { artifactsOf, planOf } from './support/printed';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

/** Path, kind, mode, modification time and content of everything that a dry run must leave alone. */
function snapshot(root: string): Record<string, string> {
  const ignored = new Set(['node_modules', '.nx']);
  const seen: Record<string, string> = {};
  const visit = (directory: string): void => {
    for (const name of readdirSync(join(root, directory)).sort()) {
      const path = join(directory, name);
      if (ignored.has(path)) continue;
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) visit(path);
      else {
        const digest = createHash('sha256')
          .update(readFileSync(join(root, path)))
          .digest('hex');
        seen[path] = `${stat.mode} ${stat.mtimeMs} ${digest}`;
      }
    }
  };
  visit('.');
  return seen;
}

/** The index file of git is refreshed by every `git status`; it says nothing about content. */
function withoutGitIndex(seen: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(seen).filter(([path]) => path !== '.git/index'));
}

const label = ({ ecosystem, name, version }: Arrival): string => `${ecosystem}:${name}@${version}`;

describeWithTools('a release of the polyglot example', ecosystems, () => {
  let registry: RegistryProcess;
  let walk: Walkthrough;

  beforeAll(async () => {
    registry = await startRegistryProcess();
    walk = new Walkthrough(registry, process.env['PATH'] ?? '');
    expect(await walk.nx('g', '@forge/release:init', '--no-interactive')).toMatchObject({
      exitCode: 0,
    });
    walk.workspace.commit('Release with Forge');
  }, 120_000);

  afterAll(async () => {
    await registry.stop();
    walk.workspace.remove();
  });

  let dryPlan: string;

  it('plans without changing a byte, a time or a ref, and only reads', async () => {
    const before = withoutGitIndex(snapshot(walk.workspace.root));
    const refs = walk.git('for-each-ref');
    const { exitCode, output } = await walk.nx('release', 'minor', '--dry-run');
    expect(exitCode).toBe(0);
    dryPlan = planOf(output);
    expect(withoutGitIndex(snapshot(walk.workspace.root))).toEqual(before);
    expect(walk.git('for-each-ref')).toBe(refs);
    expect(walk.git('status', '--porcelain')).toBe('');
    expect(
      registry.requests().filter(({ method }) => method !== 'GET' && method !== 'HEAD'),
    ).toEqual([]);
  }, 120_000);

  it('versions exactly as planned', async () => {
    const { exitCode, output } = await walk.nx('release', 'minor', '--skip-publish');
    expect(exitCode).toBe(0);
    expect(planOf(output)).toBe(dryPlan);
    const planned = new Set([...dryPlan.matchAll(/^ {2}(\S+):\d+ {2}/gm)].map(([, file]) => file));
    const changed = walk.git('diff', '--name-only', 'HEAD~1').split('\n').filter(Boolean);
    expect(changed.filter((file) => file !== 'CHANGELOG.md').sort()).toEqual([...planned].sort());
    expect(walk.git('status', '--porcelain')).toBe('');
  }, 120_000);

  it('publishes in the planned order, exactly the packaged bytes', async () => {
    const { exitCode, output } = await walk.nx(
      'affected',
      '-t',
      'publish',
      '--base=HEAD~1',
      '--output-style=static',
    );
    succeeded({ exitCode, output });
    const arrivals = await walk.arrivals();
    const waves = [...dryPlan.matchAll(/^ {2}\d+\. (.+)$/gm)].map(([, wave = '']) =>
      wave.split(', '),
    );
    expect(arrivals.map(label).sort()).toEqual(waves.flat().sort());
    const packaged = [...artifactsOf(walk.workspace.root).values()].sort();
    const served = new Set(arrivals.flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
    expect(packaged.filter((sha256) => served.has(sha256))).toEqual(packaged);
    for (const { files } of arrivals)
      expect(files.some(({ sha256 }) => packaged.includes(sha256))).toBe(true);
  }, 600_000);

  it('leaves a result file per project and a journal, without the token', async () => {
    const read = (file: string): string =>
      readFileSync(join(walk.workspace.root, '.forge', file), 'utf8');
    const [arrival] = (await walk.arrivals()).filter(({ name }) => name === 'quill-core');
    expect(JSON.parse(read('results/quill-core.json'))).toEqual([
      {
        package: 'quill-core',
        ecosystem: 'cargo',
        version: '1.1.0',
        registry: expect.stringContaining(registry.url),
        outcome: 'published',
        url: expect.stringContaining(registry.url),
        artifacts: [{ filename: 'quill-core-1.1.0.crate', sha256: arrival?.files[0]?.sha256 }],
        at: expect.stringMatching(/^20.*Z$/),
        actor: { name: expect.any(String), via: expect.any(String) },
      },
    ]);
    const journals = readdirSync(join(walk.workspace.root, '.forge/journal'));
    const lines = journals.flatMap((file) => read(`journal/${file}`).trim().split('\n'));
    const entries = lines.map((line) => JSON.parse(line) as { event: string; outcome: string });
    const results = entries.filter(({ event }) => event === 'result');
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(13).fill('published'));
    expect(entries[0]).toMatchObject({ event: 'begin', actor: { name: expect.any(String) } });
    expect(lines.join('\n')).not.toContain(registry.token);
  });

  it('lets nobody arrive before what it needs', async () => {
    const order = (await walk.arrivals()).map(label);
    const at = (name: string): number => order.findIndex((each) => each.startsWith(`${name}@`));
    const needs: readonly (readonly [string, string])[] = [
      ['cargo:quill-format', 'cargo:quill-core'],
      ['cargo:quill-cli', 'cargo:quill-format'],
      ['pypi:quill-tool', 'cargo:quill-cli'],
      ['pypi:quill-text', 'pypi:quill-tool'],
      ['npm:@quill/native', 'cargo:quill-core'],
      ['npm:@quill/text', 'npm:@quill/native'],
      ['hex:quill', 'hex:quill_words'],
      ['hackage:quill', 'hackage:quill-words'],
      ['rubygems:quill_native', 'cargo:quill-core'],
      ['rubygems:quill', 'rubygems:quill_native'],
    ];
    for (const [late, early] of needs) expect([late, at(late) > at(early)]).toEqual([late, true]);
  });

  it('gives each ecosystem something that installs and runs', async () => {
    const installed = await walk.install(ecosystems, '1.1.0');
    expect(installed.filter(({ ok }) => !ok)).toEqual([]);
    expect(installed.map(({ ecosystem }) => ecosystem)).toEqual(ecosystems);
  }, 600_000);

  it('reports everything as already there the second time, and uploads nothing', async () => {
    const before = registry.requests().length;
    const { exitCode, output } = await walk.nx(
      'run-many',
      '-t',
      'publish',
      '--output-style=static',
    );
    expect(exitCode).toBe(0);
    expect(output.match(/^already there /gm)).toHaveLength(13);
    const since = registry.requests().slice(before);
    expect(since.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  }, 300_000);

  it('takes a rebuild that differs in timestamps only for the same content', async () => {
    rmSync(join(walk.workspace.root, '.forge/artifacts'), { recursive: true });
    touchAll(walk);
    const { exitCode, output } = await walk.nx(
      'run-many',
      '-t',
      'publish',
      '--output-style=static',
      '--skip-nx-cache',
    );
    expect(output.match(/^already there /gm)).toHaveLength(13);
    expect(exitCode).toBe(0);
  }, 600_000);

  it('calls other content under a live version drift: a warning, an error with onDuplicate=fail, never an upload', async () => {
    const source = join(walk.workspace.root, 'javascript/text/index.js');
    writeFileSync(source, `${readFileSync(source, 'utf8')}\nexports.changed = true;\n`);
    walk.workspace.commit('Change without a version');
    const before = registry.requests().length;
    const warned = await walk.nx('run', '@quill/text:publish', '--output-style=static');
    expect(warned).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^drifted +npm:@quill\/text@1\.1\.0/m),
    });
    const failed = await walk.nx(
      'run',
      '@quill/text:publish',
      '--onDuplicate=fail',
      '--output-style=static',
    );
    expect(failed).toMatchObject({ exitCode: 1, output: expect.stringContaining('FORGE-P003') });
    expect(
      registry
        .requests()
        .slice(before)
        .filter(({ method }) => method === 'PUT' || method === 'POST'),
    ).toEqual([]);
  }, 300_000);
});

function touchAll(walk: Walkthrough): void {
  const files = walk.git('ls-files').split('\n').filter(Boolean);
  const later = new Date(Date.now() + 3_600_000);
  for (const file of files) utimesSync(join(walk.workspace.root, file), later, later);
}
