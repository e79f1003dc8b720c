import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment } from './support/run';
import { copyWorkspace, type TemporaryWorkspace } from './support/workspace';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

describeWithTools('a registry where nobody reads without a token', ecosystems, () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    registry = await startRegistryProcess([], ['--private']);
    workspace = copyWorkspace(join(repository, 'examples/polyglot'));
    succeeded(await nx('g', '@forge/release:init', '--no-interactive'));
    workspace.commit('Release with Forge');
  }, 180_000);
  afterAll(async () => {
    await registry.stop();
    workspace.remove();
  });

  const nx = (...args: readonly string[]) =>
    run(join(repository, 'node_modules/.bin/nx'), args, {
      cwd: workspace.root,
      env: userEnvironment(registry, process.env['PATH'] ?? ''),
    });
  const uploads = () =>
    registry
      .requests()
      .filter(({ method, status }) => /^P/.test(method) && status < 300)
      .map(({ path }) => path);

  it('is told of a release by all six tools, and asked what it has', async () => {
    succeeded(await nx('run-many', '-t', 'publish', '--output-style=static'));
    const headers = { authorization: `Bearer ${registry.token}` };
    const response = await fetch(`${registry.url}/api/v1/versions`, { headers });
    const { versions } = (await response.json()) as { versions: unknown[] };
    expect(versions).toHaveLength(13);

    const before = uploads();
    succeeded(await nx('run-many', '-t', 'publish', '--output-style=static'));
    expect(uploads()).toEqual(before);
  }, 600_000);
});
