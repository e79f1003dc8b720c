import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planOf } from './support/printed';
import { repository } from './support/repository';
import { succeeded } from './support/run';
import { nxIn, type Nx, type ShownGraph } from './support/user';
import { copyWorkspace, writeInto, type TemporaryWorkspace } from './support/workspace';

const nxJson = {
  plugins: ['@forge/release'],
  release: {
    projects: ['tag:forge:published'],
    projectsRelationship: 'fixed',
    releaseTag: { requireSemver: false },
    version: { git: { stageChanges: false } },
  },
};

/** The published packages of all six ecosystems move in lock-step, from one prerelease to the next and out of it. */
describe('prereleases of a fixed group of all six ecosystems', () => {
  let workspace: TemporaryWorkspace;
  let nx: Nx;

  beforeAll(() => {
    workspace = copyWorkspace(join(repository, 'examples/polyglot'));
    writeInto(workspace.root, 'nx.json', JSON.stringify(nxJson));
    workspace.commit('Release together');
    nx = nxIn(workspace);
  });
  afterAll(() => workspace.remove());

  /** Versions one more time; the versions of all published packages, each once per ecosystem. */
  async function release(...args: readonly string[]): Promise<Record<string, string[]>> {
    const plan = planOf(succeeded(await nx('release', 'version', ...args)));
    const moves = [...plan.matchAll(/^ {2}\S+ +(\S+) +(\S+) → (\S+)$/gm)];
    const packages = moves.filter(([, kind = '']) => !kind.includes(':') && kind in natively);
    expect(packages.length).toBeGreaterThanOrEqual(13);
    workspace.commit(args.join(' '));
    return versionsOf(await graph());
  }

  async function graph(): Promise<ShownGraph> {
    const file = join(workspace.root, '.nx/workspace-data/shown.json');
    succeeded(await nx('graph', `--file=${file}`));
    const shown = JSON.parse(readFileSync(file, 'utf8')) as { graph: ShownGraph };
    return shown.graph;
  }

  const natively: Readonly<Record<string, readonly [first: string, second: string]>> = {
    cargo: ['1.0.1-rc.0', '1.0.1-rc.1'],
    npm: ['1.0.1-rc.0', '1.0.1-rc.1'],
    hex: ['1.0.1-rc.0', '1.0.1-rc.1'],
    hackage: ['1.0.1-rc.0', '1.0.1-rc.1'],
    pypi: ['1.0.1rc0', '1.0.1rc1'],
    rubygems: ['1.0.1.rc0', '1.0.1.rc1'],
  };
  const each = (version: (spelled: readonly [string, string]) => string) =>
    Object.fromEntries(Object.entries(natively).map(([id, spelled]) => [id, [version(spelled)]]));

  it('begin in the spelling of each', async () => {
    expect(await release('prerelease', '--preid=rc')).toEqual(each(([first]) => first));
  }, 120_000);

  it('go on', async () => {
    expect(await release('prerelease', '--preid=rc')).toEqual(each(([, second]) => second));
  }, 120_000);

  it('end with the next release', async () => {
    expect(await release('patch')).toEqual(each(() => '1.0.1'));
    expect(
      workspace.git('grep', '-n', '^version: *1.0.1$', '--', '*.cabal').split('\n'),
    ).toHaveLength(3);
  }, 120_000);

  it('never go down: an older version is refused with every member named, and nothing changes', async () => {
    const { exitCode, output } = await nx('release', 'version', '1.0.1-rc.5');
    expect(exitCode).toBe(1);
    const named = [...output.matchAll(/FORGE-V005 `([^`]+)` is at `1\.0\.1`/g)].map(
      ([, name]) => name,
    );
    expect(new Set(named).size).toBeGreaterThanOrEqual(8);
    expect(workspace.git('status', '--porcelain')).toBe('');
  }, 120_000);
});

function versionsOf({ nodes }: ShownGraph): Record<string, string[]> {
  const versions: Record<string, Set<string>> = {};
  const published = Object.values(nodes)
    .flatMap(({ data }) => data.metadata.forge?.packages ?? [])
    .filter(({ role }) => role === 'published');
  for (const { ecosystem, version } of published)
    (versions[ecosystem] ??= new Set()).add(String(version));
  return Object.fromEntries(Object.entries(versions).map(([id, own]) => [id, [...own]]));
}
