import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForgeError } from '@forge/ecosystems';
import { toy } from '../../../ecosystems/src/testing/toy';
import { normalizeOptions } from '../configuration/plugin-options';
import type { Destinations } from '../configuration/registry-target';
import type { Workspace } from '../effects/open-workspace';
import { memoryReader, type Files } from '../graph/testing/memory-workspace';
import type { PublishUnit } from '../plan/publish-unit';
import type { PreflightReport } from '../preflight/report';
import { publishUnits } from './publish-units';
import { answer, loadToys, toyUnit, toyWorld, type ToyWorld } from './testing/toy-world';

const chain: Files = {
  'app/toy.pkg': 'name = app\nversion = 1.0.0\nneeds = core ^1.0.0\n',
  'core/toy.pkg': 'name = core\nversion = 1.0.0\n',
};
const before = { ...process.env };

beforeEach(() => {
  process.env['FORGE_TOKEN'] = 'token';
});
afterEach(() => {
  delete process.env['FORGE_TOKEN'];
  Object.assign(process.env, before);
});

interface Run {
  readonly world?: ToyWorld;
  readonly files?: Files;
  /** Names of packages that another batch publishes. */
  readonly others?: readonly string[];
  readonly failFast?: boolean;
  readonly destinations?: Destinations;
  readonly root?: string;
  readonly allowDirty?: boolean;
  readonly beforeUploads?: (report: PreflightReport) => void;
}

async function publish(run: Run) {
  const { world = toyWorld(), files = chain, others = [], root = '/nowhere', ...rest } = run;
  const model = loadToys(files);
  const settings = normalizeOptions({}, [toy]);
  if (!settings.ok) throw settings.problems[0];
  const options = settings.value;
  const workspace: Workspace = { root, files: [], reader: memoryReader(files), model, options };
  const isOther = ({ node }: PublishUnit): boolean => others.includes(node.manifest.name);
  const units = model.packages.map((node) => toyUnit(node));
  const report = await publishUnits(
    workspace,
    units.filter((unit) => !isOther(unit)),
    units.filter(isOther).map((unit) => ({ ...unit, artifacts: [] })),
    { registry: 'http://127.0.0.1:4999', onDuplicate: 'warn', allowDirty: true, ...rest },
    world,
    () => undefined,
  );
  return { world, told: report.kind === 'refused' ? codesOf(report) : kindsOf(report) };
}

type Report = Awaited<ReturnType<typeof publishUnits>>;

function codesOf({ problems }: Extract<Report, { kind: 'refused' }>): readonly string[] {
  return problems.map(({ code }) => code);
}

function kindsOf({ results }: Extract<Report, { kind: 'ran' }>): Record<string, string> {
  const kinds = [...results].map(([{ node }, result]) => [
    node.manifest.name,
    'error' in result ? `${result.kind} ${result.error.code}` : result.kind,
  ]);
  return Object.fromEntries(kinds) as Record<string, string>;
}

const writes = ({ requests }: ToyWorld): string[] =>
  requests.filter((request) => !request.startsWith('GET'));

describe('publishing the units of a run', () => {
  it('uploads in order, and the second time asks once for each', async () => {
    const { world, told } = await publish({});
    expect(told).toEqual({ app: 'published', core: 'published' });
    expect(writes(world)).toEqual(['PUT /packages/core/1.0.0', 'PUT /packages/app/1.0.0']);
    world.requests.splice(0);
    const second = await publish({ world });
    expect(second.told).toEqual({ app: 'already-there', core: 'already-there' });
    expect([...world.requests].sort()).toEqual(['GET /packages/app', 'GET /packages/core']);
  });

  it('needs no token when nothing is uploaded', async () => {
    const { world } = await publish({});
    delete process.env['FORGE_TOKEN'];
    expect((await publish({ world })).told).toMatchObject({ app: 'already-there' });
  });

  it('uploads nothing when something is missing for any of the run, other batches included', async () => {
    delete process.env['FORGE_TOKEN'];
    const { world, told } = await publish({ others: ['app'] });
    expect(told).toEqual(['FORGE-C002']);
    expect(writes(world)).toEqual([]);
  });

  it('says what is there of a package although one that it needs cannot be asked for', async () => {
    const { world } = await publish({});
    world.fault = ({ url }) => (url.endsWith('/core') ? answer(503) : undefined);
    expect((await publish({ world })).told).toEqual({
      app: 'already-there',
      core: 'failed FORGE-P004',
    });
  });

  it('skips an upload whose need cannot be asked for (FORGE-P005)', async () => {
    const world = toyWorld();
    world.fault = ({ url }) => (url.endsWith('/core') ? answer(503) : undefined);
    expect((await publish({ world })).told).toEqual({
      app: 'skipped FORGE-P005',
      core: 'failed FORGE-P004',
    });
    expect(writes(world)).toEqual([]);
  });

  it('refuses uploads that wait for each other (FORGE-G002), not what is live already', async () => {
    const { world } = await publish({});
    const circle = { ...chain, 'core/toy.pkg': `${chain['core/toy.pkg']}needs = app ^1.0.0\n` };
    expect((await publish({ files: circle })).told).toEqual(['FORGE-G002']);
    const told = (await publish({ world, files: circle })).told;
    expect(told).toEqual({ app: 'already-there', core: 'already-there' });
  });

  const siblings: Files = {
    ...chain,
    'core/toy.pkg': 'name = core\nversion = 1.0.0\nneeds = base ^1.0.0\n',
    'base/toy.pkg': 'name = base\nversion = 1.0.0\n',
    'site/toy.pkg': 'name = site\nversion = 1.0.0\n',
  };
  const refusing = (name: string): ToyWorld => {
    const world = toyWorld();
    world.fault = ({ method, url }) =>
      method === 'PUT' && url.includes(`/${name}/`) ? answer(422, 'no') : undefined;
    return world;
  };

  it('goes on with the siblings of a package that failed', async () => {
    expect((await publish({ world: refusing('site'), files: siblings })).told).toEqual({
      site: 'failed FORGE-P002',
      base: 'published',
      core: 'published',
      app: 'published',
    });
  });

  it('begins nothing more after a failure with `failFast` (FORGE-P013)', async () => {
    const { told } = await publish({ world: refusing('site'), files: siblings, failFast: true });
    expect(told).toEqual({
      site: 'failed FORGE-P002',
      base: 'published',
      core: 'skipped FORGE-P013',
      app: 'skipped FORGE-P005',
    });
  });

  it('insists on answers before it takes a registry for out of reach', async () => {
    const world = toyWorld();
    world.fault = () => (world.now() < 3000 ? answer(502) : undefined);
    expect((await publish({ world })).told).toEqual({ app: 'published', core: 'published' });
  });

  it('loses patience with a registry once, and not with every package', async () => {
    const world = toyWorld();
    world.fault = () => answer(0, 'connect ECONNREFUSED');
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [
        `t${at}/toy.pkg`,
        `name = t${at}\nversion = 1.0.0\n`,
      ]),
    );
    const { told } = await publish({ world, files: many });
    expect(new Set(Object.values(told))).toEqual(new Set(['failed FORGE-P004']));
    expect(world.now()).toBeLessThan(100 * 15_000);
    expect(world.requests.length).toBeLessThan(600);
  });

  it('asks no registry for a package of which it cannot be told where it goes, and uploads nothing', async () => {
    const world = toyWorld();
    const problem = new ForgeError('FORGE-C004', { what: 'no way' });
    const isLost = ({ manifest }: PublishUnit['node']): boolean => manifest.name === 'app';
    const destinations = {
      of: () => undefined,
      problemsOf: (node: PublishUnit['node']) => (isLost(node) ? [problem] : []),
    };
    expect((await publish({ world, destinations })).told).toEqual(['FORGE-C004']);
    expect(world.requests.filter((request) => request.includes('app'))).toEqual([]);
    expect(writes(world)).toEqual([]);
  });
});

describe('a tree that is at work', () => {
  const root = mkdtempSync(join(tmpdir(), 'forge-dirty-'));
  beforeAll(() => {
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    writeFileSync(join(root, 'words.txt'), 'half a sentence');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('stops a real run before the first upload (FORGE-C003)', async () => {
    const { world, told } = await publish({ root, allowDirty: false });
    expect([told, writes(world)]).toEqual([['FORGE-C003'], []]);
  });

  it('is told in a dry run, which lists what would be published', async () => {
    const warnings: string[] = [];
    const beforeUploads = (report: PreflightReport): void =>
      void warnings.push(...report.warnings.map(({ what }) => what));
    const world = toyWorld({ dryRun: true });
    const { told } = await publish({ world, root, allowDirty: false, beforeUploads });
    expect(told).toEqual({ app: 'would-publish', core: 'would-publish' });
    expect(warnings).toEqual([
      'these files differ from the last commit: `words.txt`; the real run stops here',
    ]);
  });
});
