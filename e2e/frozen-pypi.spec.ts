import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { releaseMajor, type MajorRelease } from './support/frozen';
import { lockToolProgram } from './support/lock-tools';
import { run, succeeded, type RunResult } from './support/run';

const tools = ['pypi', 'poetry'];

/**
 * The core of a workspace of uv goes up by a major version. Others ask for it in extras and groups, under several
 * spellings of its name, from a root that is no project, from outside of the workspace, and it asks for itself. Two
 * more projects have lock files of their own: one reaches the core only through another project, one is Poetry's.
 */
describeWithTools('a uv workspace whose core goes up by a major version', tools, () => {
  let release: MajorRelease;
  const uv = (directory: string, ...args: readonly string[]): Promise<RunResult> => {
    const { home } = release;
    const env = {
      ...release.env,
      ...{ HOME: home, UV_CACHE_DIR: join(home, 'cache'), UV_PYTHON_DOWNLOADS: 'never' },
    };
    return run('uv', [...args, '--offline'], { cwd: join(release.workspace.root, directory), env });
  };
  const poetry = (directory: string, ...args: readonly string[]): Promise<RunResult> => {
    const nowhere = 'http://127.0.0.1:9';
    const env = {
      ...release.env,
      ...{ HOME: release.home, HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere },
    };
    const program = lockToolProgram('poetry');
    return run(program, [...args, '--no-interaction'], {
      cwd: join(release.workspace.root, directory),
      env,
    });
  };
  const text = (file: string): string => release.text(file);

  beforeAll(async () => {
    release = await releaseMajor('frozen-pypi', 'quill-core');
  }, 120_000);
  afterAll(() => release.remove());

  it('changes what speaks of the core, and nothing else', () => {
    expect(release.changedFiles()).toEqual([
      'packages/quill-app/pyproject.toml',
      'packages/quill-core/pyproject.toml',
      'pyproject.toml',
      'tools/quill-check/pyproject.toml',
      'tools/quill-check/uv.lock',
      'tools/quill-desk/uv.lock',
      'tools/quill-poems/poetry.lock',
      'tools/quill-poems/pyproject.toml',
      'uv.lock',
    ]);
    const lines = release.changedLines();
    expect(lines.filter((line) => line.startsWith('+'))).toEqual([
      // A package that asks for the core in its runtime dependencies is released with it.
      '+version = "1.2.1"',
      '+  "quill_core[ink] (>=1.2,<3)",',
      `+  'Quill-Core == 2.0.0 ; python_version < "3.8"', # old interpreters`,
      '+strict = ["quill-core~=2.0.0"]',
      '+test = ["quill-core>=1.0,<2.1", { include-group = "lint" }]',
      '+version = "2.0.0" # of the format, too',
      '+all = ["quill-core[ink]==2.0.0"]',
      '+constraint-dependencies = ["quill-core<3"]',
      "+  'Quill.Core ~= 2.0', # for the notebooks",
      '+dependencies = ["quill-core>=1.2,<3"]',
      '+version = "2.0.0"',
      '+version = "1.2.1"',
      '+version = "2.0.0"',
      '+version = "1.2.1"',
      '+quill_core = {version = ">=1.2,<3", extras = ["ink"]}',
      '+strict = ["quill-core (>=2.0.0,<2.1.0)"]',
      '+version = "2.0.0"',
      '+all = ["quill-core[ink] (==2.0.0)"]',
      expect.stringMatching(/^\+content-hash = "[0-9a-f]{64}"$/),
      '+dependencies = ["quill-core[ink]>=1.2,<3", "quill-ink"]',
      '+version = "1.2.1"',
      '+version = "2.0.0"',
    ]);
  });

  it.each(['.', 'tools/quill-check', 'tools/quill-desk'])(
    'is resolved by uv with the lock file in %s as it is',
    async (directory) => {
      succeeded(await uv(directory, 'lock', '--check'));
      // uv checks a lock file by what it means; it would also write the very same bytes.
      const locked = text(join(directory, 'uv.lock'));
      succeeded(await uv(directory, 'lock'));
      expect(text(join(directory, 'uv.lock'))).toBe(locked);
    },
    60_000,
  );

  it('is installed by uv as it is locked', async () => {
    const args = ['sync', '--frozen', '--all-packages', '--all-extras', '--all-groups'];
    succeeded(await uv('.', ...args, '--no-install-workspace', '--dry-run'));
    const tree = succeeded(await uv('.', 'tree', '--frozen'));
    expect(tree).toContain('quill-core v2.0.0');
  }, 60_000);

  it('is resolved by Poetry with its lock file as it is', async () => {
    const directory = 'tools/quill-poems';
    const locked = text(join(directory, 'poetry.lock'));
    expect(locked).toContain('quill_core = {version = ">=1.2,<3", extras = ["ink"]}');
    expect(locked).toContain('strict = ["quill-core (>=2.0.0,<2.1.0)"]');
    succeeded(await poetry(directory, 'check', '--lock'));
    const installed = succeeded(await poetry(directory, 'sync', '--all-groups', '--dry-run'));
    expect(installed).toContain('quill-core (2.0.0 ');
    succeeded(await poetry(directory, 'lock'));
    expect(text(join(directory, 'poetry.lock'))).toBe(locked);
    release.workspace.git('checkout', 'HEAD', '--', join(directory, 'poetry.lock'));
    expect((await poetry(directory, 'check', '--lock')).exitCode).not.toBe(0);
  }, 60_000);
});
