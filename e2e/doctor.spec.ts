import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { repository } from './support/repository';
import { run, userEnvironment, type RunResult } from './support/run';
import { rootPackage, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

interface Diagnosis {
  readonly node: string;
  readonly nx: string | null;
  readonly git: { readonly branch: string; readonly changedFiles: number };
  readonly tools: readonly { readonly name: string; readonly path: string | null }[];
  readonly registries: readonly {
    readonly title: string;
    readonly url: string;
    readonly answers: boolean;
    readonly token: string | null;
    readonly packages: readonly string[];
  }[];
  readonly problems: readonly {
    readonly code: string;
    readonly what: string;
    readonly fix: string;
  }[];
  readonly warnings: readonly { readonly code: string }[];
}

describe('forge-release doctor', () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;
  let onlyGit: string;

  beforeAll(async () => {
    registry = await startRegistryProcess();
    onlyGit = mkdtempSync(join(tmpdir(), 'forge-only-git-'));
    const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    symlinkSync(git, join(onlyGit, 'git'));
    workspace = writeWorkspace({
      'package.json': rootPackage(['a']),
      'nx.json': '{ "defaultBase": "main" }\n',
      'a/package.json': '{ "name": "a", "version": "1.0.0" }\n',
      'b/mix.exs':
        'defmodule B.MixProject do\n  use Mix.Project\n  def project, do: [app: :b, version: "1.0.0", package: [], description: "b"]\nend\n',
    });
  }, 60_000);

  afterAll(async () => {
    await registry.stop();
    workspace.remove();
    rmSync(onlyGit, { recursive: true });
  });

  function doctor(
    env: Readonly<Record<string, string | undefined>>,
    ...args: readonly string[]
  ): Promise<RunResult> {
    const own = userEnvironment(registry, process.env['PATH'] ?? '');
    const program = join(repository, 'packages/release/bin/forge-release.js');
    return run(process.execPath, [program, 'doctor', ...args], {
      cwd: workspace.root,
      env: { ...own, ...env },
    });
  }

  const json = async (...args: Parameters<typeof doctor>) => {
    const { exitCode, output } = await doctor(args[0], '--json', ...args.slice(1).map(String));
    return { exitCode, output, found: JSON.parse(output) as Diagnosis };
  };

  it('finds what is here, and of the token only where it is from', async () => {
    const { found, output } = await json({});
    expect(found.node).toBe(process.versions.node);
    expect(found.nx).toMatch(/^2\d\./);
    expect(found.git).toMatchObject({ branch: 'main', changedFiles: 0 });
    expect(found.tools.find(({ name }) => name === 'npm')?.path).toMatch(/^\//);
    expect(found.registries.map(({ answers, token }) => [answers, token])).toEqual([
      [true, 'the variable `FORGE_TOKEN`'],
      [true, 'the variable `FORGE_TOKEN`'],
    ]);
    expect(found.problems.filter(({ code }) => code !== 'FORGE-A001')).toEqual([]);
    expect(output).not.toContain(registry.token);
    const sent = registry.requests().filter(({ method }) => method !== 'GET' && method !== 'HEAD');
    expect(sent).toEqual([]);
  }, 60_000);

  it('ends with 1 for a token that the registry does not know, for none, and for a registry that is down', async () => {
    const codes = async (env: Readonly<Record<string, string | undefined>>) => {
      const { exitCode, found } = await json(env);
      const own = found.problems.map(({ code }) => code).filter((code) => code !== 'FORGE-A001');
      return [exitCode, ...new Set(own)];
    };
    expect(await codes({ FORGE_TOKEN: 'wrong token' })).toEqual([1, 'FORGE-C015']);
    expect(await codes({ FORGE_TOKEN: undefined })).toEqual([1, 'FORGE-C002']);
    expect(await codes({ FORGE_REGISTRY: 'http://127.0.0.1:9' })).toEqual([1, 'FORGE-P004']);
  }, 120_000);

  it('is read by people as well', async () => {
    const { output } = await doctor({ PATH: onlyGit });
    expect(output).toMatch(/^Tools\n {2}npm {2}missing {2}\(a\)$/m);
    expect(output).toMatch(
      /^Registries\n.*answers, token from the variable `FORGE_TOKEN` {2}\(a\)$/m,
    );
    expect(output).toContain('FORGE-A001');
  }, 60_000);

  it('writes nothing', () => {
    expect(workspace.git('status', '--porcelain', '--ignored')).toBe('!! node_modules\n');
  });
});
