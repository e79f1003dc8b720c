import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenManifests, soundManifests, type Way } from './support/broken-manifests';
import { succeeded } from './support/run';
import { nxIn, type Nx, type ShownGraph } from './support/user';
import {
  rootPackage,
  writeInto,
  writeWorkspace,
  type TemporaryWorkspace,
} from './support/workspace';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

const codes: Readonly<Record<Way, string>> = {
  empty: 'FORGE-M001',
  truncated: 'FORGE-M002',
  utf16: 'FORGE-M003',
  'no-name': 'FORGE-M004',
  'no-version': 'FORGE-M005',
};

/** Cargo never publishes a crate without a version: it is private, and no error until somebody versions it. */
const privateByRule = 'broken/cargonoversion/Cargo.toml';

const broken = brokenManifests().map((sample) => ({
  ...sample,
  // A .cabal file has no brackets that stay open: what is cut off is missing.
  code: codes[
    sample.way === 'truncated' && sample.ecosystem === 'hackage' ? 'no-version' : sample.way
  ],
}));
const reported = broken.filter(({ file }) => file !== privateByRule);

const nxJson = {
  plugins: ['@forge/release'],
  release: { projects: ['tag:forge:published'], projectsRelationship: 'independent' },
};

describe('one manifest per ecosystem, broken in five ways', () => {
  let workspace: TemporaryWorkspace;
  let nx: Nx;

  beforeAll(() => {
    // Not in the npm workspaces: there a broken package.json ends Nx itself, before any plugin is asked.
    workspace = writeWorkspace({
      ...soundManifests(),
      ...Object.fromEntries(broken.map(({ file, bytes }) => [file, bytes])),
      'package.json': rootPackage(),
      'nx.json': JSON.stringify(nxJson),
    });
    nx = nxIn(workspace);
  });
  afterAll(() => workspace.remove());

  describe('the graph', () => {
    let graph: ShownGraph;
    let warnings: string;

    beforeAll(async () => {
      warnings = succeeded(await nx('graph', '--file=graph.json'));
      const file = readFileSync(join(workspace.root, 'graph.json'), 'utf8');
      ({ graph } = JSON.parse(file) as { graph: ShownGraph });
    }, 60_000);

    it.each(ecosystems)('has both sound packages of %s and the edge between them', (id) => {
      expect(Object.keys(graph.nodes)).toEqual(expect.arrayContaining([`${id}base`, `${id}top`]));
      const targets = graph.dependencies[`${id}top`]?.map(({ target }) => target);
      expect(targets).toEqual([`${id}base`]);
    });

    it.each(reported)('warns of $file with $code', ({ file, code }) => {
      expect(blockOf(warnings, file)).toMatch(new RegExp(`^${code} .+\\n {2}--> `));
    });

    it.each(reported)('says in the project of $file what is wrong', ({ root, file, code }) => {
      const { data } = Object.values(graph.nodes).find((node) => node.data.root === root)!;
      expect(data.metadata.forge?.problems).toMatchObject([{ code, file }]);
    });

    it('shows the place where there is one', () => {
      const framed = broken.filter(
        ({ way, ecosystem }) => way === 'truncated' && ecosystem !== 'hackage',
      );
      expect(framed).toHaveLength(5);
      for (const { file } of framed)
        expect(blockOf(warnings, file)).toMatch(/:\d+:\d+\n +\d+ \|.*\n +\| +\^/);
    });

    it('says nothing of the others', () => {
      const named = [...warnings.matchAll(/^`(\S+)` cannot be read/gm)].map(([, file]) => file);
      expect(named.sort()).toEqual(reported.map(({ file }) => file).sort());
    });
  });

  it('`publish` refuses every one with its reason, and lets the sound ones go on', async () => {
    const names = reported.map(({ root }) => root.slice('broken/'.length));
    const { exitCode, output } = await nx(
      'run-many',
      '-t',
      'publish',
      `--projects=${names.join(',')},npmbase`,
      '--output-style=static',
      '--dryRun',
    );
    expect(exitCode).not.toBe(0);
    const ran = output.slice(output.indexOf('Running'));
    for (const { file, code } of reported)
      expect([file, blockOf(ran, file)]).toEqual([file, expect.stringMatching(code)]);
    expect(ran).toMatch(/^packaged +npmbase-1\.0\.0\.tgz/m);
  }, 120_000);

  it('`nx run <project>:publish` shows the code frame', async () => {
    const { exitCode, output } = await nx('run', 'pypitruncated:publish');
    expect(exitCode).not.toBe(0);
    const ran = output.slice(output.indexOf('Running'));
    expect(blockOf(ran, 'broken/pypitruncated/pyproject.toml')).toMatch(
      /^FORGE-M002 .*\n {2}--> .*:3:1\n +3 \| vers\n +\| \^\nfix: /,
    );
  }, 60_000);

  it('`nx release` refuses with every reason at once, and writes nothing', async () => {
    const { exitCode, output } = await nx('release', 'minor', '--skip-publish');
    expect(exitCode).not.toBe(0);
    const ran = output.slice(output.lastIndexOf(' NX '));
    for (const { file, code } of reported)
      expect([file, blockOf(ran, file)]).toEqual([file, expect.stringMatching(code)]);
    expect(workspace.git('status', '--porcelain', '--untracked-files=no')).toBe('');
  }, 60_000);

  it('`nx release` versions the sound ones when asked for them alone', async () => {
    const { exitCode, output } = await nx('release', 'minor', '--projects=hextop', '--dry-run');
    expect({ exitCode, output }).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^ {2}hextop +hex +1\.0\.0 → 1\.1\.0$/m),
    });
  }, 60_000);

  it('a crate without a version is an error as soon as it is versioned', async () => {
    const released = { ...nxJson, release: { projects: ['cargonoversion'] } };
    writeInto(workspace.root, 'nx.json', JSON.stringify(released));
    const { exitCode, output } = await nx('release', 'minor', '--dry-run');
    expect(exitCode).not.toBe(0);
    expect(blockOf(output.slice(output.lastIndexOf(' NX ')), privateByRule)).toMatch(/FORGE-M005 /);
  }, 60_000);
});

/** The rendered error whose place is in this file; empty if there is none. Nx puts a blank line after the first line. */
function blockOf(output: string, file: string): string {
  const place = file.replaceAll('.', '\\.');
  const pattern = new RegExp(
    `FORGE-\\w+ .+\\n+ {2}--> ${place}(?::\\d+:\\d+)?\\n(?:.*\\n)*?docs: `,
  );
  return pattern.exec(output)?.[0] ?? '';
}
