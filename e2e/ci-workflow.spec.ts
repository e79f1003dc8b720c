import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment } from './support/run';
import { runJob, type JobEnd, type WorkflowJob } from './support/workflow-job';
import {
  rootPackage,
  writeInto,
  writeWorkspace,
  type TemporaryWorkspace,
} from './support/workspace';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

describe('the workflow that is generated, run step by step', () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;
  let base: string;
  let origin: string;
  let env: Record<string, string>;
  let jobs: Readonly<Record<'dry-run' | 'release', WorkflowJob>>;

  beforeAll(async () => {
    registry = await startRegistryProcess();
    base = realpathSync(mkdtempSync(join(tmpdir(), 'forge-workflow-')));
    origin = join(base, 'origin.git');
    const release = {
      projects: ['tag:forge:published'],
      projectsRelationship: 'independent',
      versionPlans: true,
    };
    const plugins = [{ plugin: '@forge/release', options: { registry: registry.url } }];
    workspace = writeWorkspace({
      '.gitignore': 'node_modules\n.nx/cache\n.nx/workspace-data\n.forge\n',
      'nx.json': json({ plugins, release }),
      'package.json': rootPackage(['kit']),
      'kit/package.json': json({ name: 'workflow-kit', version: '1.0.0', main: 'index.js' }),
      'kit/index.js': 'module.exports = 1;\n',
    });
    env = userEnvironment({ url: '', token: '' }, process.env['PATH'] ?? '');
    const nx = join(repository, 'node_modules/.bin/nx');
    const args = ['g', '@forge/release:ci-workflow', '--no-interactive'];
    const printed = succeeded(await run(nx, args, { cwd: workspace.root, env }));
    expect(printed).toContain('CREATE .github/workflows/release.yml');
    expect(printed).toContain(`  FORGE_TOKEN for ${registry.url}`);
    const text = readFileSync(join(workspace.root, '.github/workflows/release.yml'), 'utf8');
    ({ jobs } = parse(text) as { jobs: typeof jobs });
    workspace.commit('Release by a workflow');
    writeInto(workspace.root, 'kit/index.js', 'module.exports = 2;\n');
    workspace.commit('feat: two');
    workspace.git('clone', '--quiet', '--bare', '.', origin);
  }, 60_000);

  afterAll(async () => {
    await registry.stop();
    workspace.remove();
    rmSync(base, { recursive: true, force: true });
  });

  const job = (name: keyof typeof jobs, more: Record<string, string> = {}): Promise<JobEnd> => {
    const place = { base: mkdtempSync(join(base, `${name}-`)), origin, env };
    const inputs = { 'inputs.from_ref': 'HEAD~1', 'secrets.FORGE_TOKEN': registry.token };
    return runJob(jobs[name], place, { ...inputs, ...more });
  };
  const uploads = (): number =>
    registry.requests().filter(({ method, path }) => method === 'PUT' && path.includes('kit'))
      .length;
  const inOrigin = (...args: readonly string[]): string =>
    workspace.git('-C', origin, ...args).trim();

  it('shows a release, then does it, and shows how it ended', async () => {
    const before = inOrigin('for-each-ref');
    const dry = await job('dry-run');
    expect(dry).toMatchObject({ isGood: true });
    expect(dry.summary).toMatch(/^## Dry run\n\n~~~~~~diff\n[^]*1\.0\.0 → 1\.1\.0[^]*\n~~~~~~\n$/);
    expect([uploads(), inOrigin('for-each-ref')]).toEqual([0, before]);
    const commit = inOrigin('rev-parse', 'main');
    expect(dry.outputs).toBe(`commit=${commit}\n`);
    const done = await job('release', { 'needs.dry-run.outputs.commit': commit });
    expect(done).toMatchObject({ isGood: true });
    expect(done.ran).not.toContain('Go on where it stopped');
    expect(done.summary).toMatch(/^## Release .*: released\n/);
    expect(done.summary).toContain('| npm:workflow-kit@1.1.0 | published |');
    expect(done.summary).toContain('- tag workflow-kit@1.1.0: set\n');
    expect([uploads(), inOrigin('tag')]).toEqual([1, 'workflow-kit@1.1.0']);
    expect(inOrigin('show', 'main:kit/package.json')).toContain('"version": "1.1.0"');
  }, 60_000);

  it('releases nothing that its dry run did not show', async () => {
    const commit = inOrigin('rev-parse', 'main~1');
    const done = await job('release', { 'needs.dry-run.outputs.commit': commit });
    expect(done).toMatchObject({ isGood: false });
    expect(done.ran).toEqual([
      'See that this is the commit of the dry run',
      'Show in the summary how the release stands',
    ]);
    expect(done.summary).toBe('No release was begun.\n');
  }, 60_000);

  it('finds nothing due where the push of that release starts it again', async () => {
    const again = await job('dry-run', { 'inputs.from_ref': '' });
    expect(again).toMatchObject({ isGood: true });
    expect(again.summary).toContain('Nothing is due');
  }, 60_000);
});
