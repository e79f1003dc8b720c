import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment, type RunResult } from './support/run';
import { nxIn } from './support/user';
import { copyWorkspace, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

/** Somebody else's library, which Mix fetches with git and writes into mix.lock; Hex itself is not needed. */
const lantern = {
  'mix.exs':
    'defmodule Lantern.MixProject do\n  use Mix.Project\n  def project, do: [app: :lantern, version: "0.5.0"]\nend\n',
  'lib/lantern.ex': 'defmodule Lantern do\n  def light, do: :dim\nend\n',
};

const projects = ['packages/lumen_check', 'packages/lumen_web', 'umbrella'];
const stale = 'does not match the requirement';

/**
 * The core of a workspace goes up by a major version. Others ask for it by an attribute, in a list that is put
 * together, between bounds, and from an app of an umbrella.
 */
describeWithTools('Mix projects whose core goes up by a major version', ['hex'], () => {
  let workspace: TemporaryWorkspace;
  let library: TemporaryWorkspace;
  let home: string;
  const text = (file: string): string => readFileSync(join(workspace.root, file), 'utf8');
  const mix = (directory: string, ...args: readonly string[]): Promise<RunResult> => {
    const nowhere = { url: 'http://127.0.0.1:9', token: 'unused' };
    const env = {
      ...userEnvironment(nowhere, process.env['PATH'] ?? ''),
      ...{ HOME: home, MIX_HOME: join(home, 'mix'), HEX_HOME: join(home, 'hex') },
      ...{ HEX_OFFLINE: '1', LANTERN_GIT: library.root, MIX_ENV: 'test' },
    };
    return run('mix', args, { cwd: join(workspace.root, directory), env });
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'forge-mix-home-'));
    library = writeWorkspace(lantern, () => {});
    library.git('tag', 'v0.5.0');
    workspace = copyWorkspace(join(repository, 'e2e/fixtures/frozen-hex'));
    const nx = nxIn(workspace);
    succeeded(await nx('g', '@forge/release:init', '--no-interactive', '--skipPackageJson'));
    for (const project of projects) succeeded(await mix(project, 'deps.get'));
    workspace.commit('Release with Forge');
  }, 120_000);
  afterAll(() => {
    workspace.remove();
    library.remove();
    rmSync(home, { recursive: true });
  });

  it('have lock files that name nothing of their own', () => {
    const locks = workspace.git('ls-files', '*mix.lock').trim().split('\n');
    expect(locks).toEqual(['packages/lumen_web/mix.lock']);
    expect(text('packages/lumen_web/mix.lock').match(/^ {2}"\w+":/gm)).toEqual(['  "lantern":']);
  });

  it('are refused by Mix where a requirement is left behind', async () => {
    writeFileSync(join(workspace.root, 'packages/lumen_core/VERSION'), '2.0.0\n');
    for (const project of projects) {
      const { exitCode, output } = await mix(project, 'deps.loadpaths');
      expect([project, exitCode, output]).toEqual([project, 1, expect.stringContaining(stale)]);
    }
    workspace.git('checkout', '--quiet', 'packages/lumen_core/VERSION');
  }, 120_000);

  it('change where they speak of the core, and nowhere else', async () => {
    const args = ['major', '--projects=lumen_core', '--git-commit=false'];
    succeeded(await nxIn(workspace)('release', 'version', ...args));
    const diff = workspace.git('diff', 'HEAD', '--unified=0');
    const lines = diff.match(/^(?:[+-](?![+-])|[+]{3} ).*/gm) ?? [];
    expect(lines).toEqual([
      '+++ b/packages/lumen_check/mix.exs',
      '-  @core ">= 1.2.0 and < 2.0.0"',
      '+  @core ">= 1.2.0 and < 3.0.0"',
      '-      version: "0.1.0",',
      '+      version: "0.1.1",',
      '+++ b/packages/lumen_core/VERSION',
      '-1.2.0',
      '+2.0.0',
      '+++ b/packages/lumen_web/mix.exs',
      '-  @version "0.4.0"',
      '+  @version "0.4.1"',
      '-      {:lumen_core, "~> 1.2", path: "../lumen_core"}, # "~> 1.2" since the beginning',
      '+      {:lumen_core, "~> 2.0", path: "../lumen_core"}, # "~> 1.2" since the beginning',
      '+++ b/umbrella/apps/lighthouse_lamp/mix.exs',
      '-      deps: [{:lumen_core, "~> 1.2.0 or ~> 1.3", path: "../../../packages/lumen_core"}]',
      '+      deps: [{:lumen_core, "~> 1.2.0 or ~> 1.3 or ~> 2.0", path: "../../../packages/lumen_core"}]',
    ]);
  }, 120_000);

  it('are resolved by Mix with the lock files as they are', async () => {
    for (const project of projects) {
      succeeded(await mix(project, 'deps.get', '--check-locked'));
      succeeded(await mix(project, 'deps.loadpaths'));
      succeeded(await mix(project, 'compile', '--warnings-as-errors'));
    }
    expect(workspace.git('status', '--short', '*mix.lock')).toBe('');
  }, 120_000);
});
