import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeOnEachDatabase } from './support/each-database';
import { packWheel } from './support/pack-wheel';
import type { RegistryYard } from './support/registry-yard';

/** No client of PyPI yanks, so it is the registry's own API that does; uv and pip are shown the outcome. */
describeOnEachDatabase('a yanked release of an index', ['pypi'], (openYard) => {
  let yard: RegistryYard;
  beforeAll(async () => {
    yard = await openYard();
    for (const version of ['1.0.0', '1.1.0']) await upload(version);
    await yard.runOk(['python3', '-m', 'venv', 'pip'], {});
  }, 120_000);
  afterAll(() => yard.stop());

  async function upload(version: string, user = 'alice') {
    yard.write('dist', { 'pack.py': packWheel });
    await yard.runOk(['python3', 'pack.py', version], { in: 'dist' });
    const { url, tokens } = yard.registry;
    const env = {
      TWINE_USERNAME: '__token__',
      TWINE_PASSWORD: tokens[user] ?? '',
      TWINE_NON_INTERACTIVE: '1',
    };
    const to = ['--repository-url', `${url}/pypi/legacy/`, '--config-file', '/dev/null'];
    return yard.run(['twine', 'upload', ...to, `lantern-${version}-py3-none-any.whl`], {
      in: 'dist',
      env,
    });
  }
  const manage = async (method: string, path: string, body?: object, user = 'alice') => {
    const { status } = await fetch(`${yard.registry.url}/api/v1/packages/pypi/lantern/${path}`, {
      method,
      headers: { authorization: `Bearer ${yard.registry.tokens[user]}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    return status;
  };
  const index = (): string => `${yard.registry.url}/pypi/simple/`;
  let projects = 0;
  /** What uv locks; the directory stays, to be synchronised later. */
  async function lock(requirement: string) {
    const where = `project-${(projects += 1)}`;
    const root = yard.write(where, {
      'pyproject.toml': `[project]\nname = "user"\nversion = "0"\nrequires-python = ">=3.8"\ndependencies = ["${requirement}"]\n`,
    });
    const result = await uv(where, 'lock');
    if (result.exitCode !== 0) return { where, output: result.output };
    const text = readFileSync(join(root, 'uv.lock'), 'utf8');
    return {
      where,
      version: /name = "lantern"\nversion = "([^"]+)"/.exec(text)?.[1],
      output: result.output,
    };
  }
  const uv = (where: string, ...args: readonly string[]) =>
    yard.run(['uv', ...args, '--no-cache', '--default-index', index()], {
      in: where,
      env: { UV_NO_CONFIG: '1', UV_PYTHON_DOWNLOADS: 'never' },
    });
  const pip = async (requirement: string): Promise<string> => {
    const options = [
      '--no-cache-dir',
      '--disable-pip-version-check',
      '--no-deps',
      '--force-reinstall',
    ];
    const argv = [
      join(yard.directory, 'pip/bin/pip'),
      'install',
      ...options,
      '--index-url',
      index(),
    ];
    const { output } = await yard.run([...argv, requirement], {
      env: { PIP_CONFIG_FILE: '/dev/null' },
    });
    return output;
  };

  it('is not chosen anew, stays for lock files and exact requirements, and can be taken up again', async () => {
    const before = await lock('lantern>=1');
    expect(before.version).toBe('1.1.0');
    expect(await manage('PUT', '1.1/yank', { reason: 'it leaks' })).toBe(204);
    expect((await lock('lantern>=1')).version).toBe('1.0.0');
    expect(await pip('lantern>=1')).toContain('Successfully installed lantern-1.0.0');
    const exact = await pip('lantern==1.1.0');
    expect(exact).toContain('Successfully installed lantern-1.1.0');
    expect(exact).toMatch(/yanked version.*Reason for being yanked: it leaks/s);
    const locked = await uv(before.where, 'sync', '--locked', '--no-install-project');
    expect(locked.output).toContain('lantern==1.1.0');
    expect(await manage('DELETE', '1.1.0/yank')).toBe(204);
    expect((await lock('lantern>=1')).version).toBe('1.1.0');
  }, 180_000);

  it('belongs to who uploaded it first', async () => {
    expect(await upload('1.2.0', 'bob')).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/403.*`lantern` belongs to alice \(FORGE-R009\)/s),
    });
    expect(await manage('PUT', '1.1.0/yank', undefined, 'bob')).toBe(403);
    expect(await manage('PUT', 'owners', { users: ['bob'] })).toBe(204);
    expect(await upload('1.2.0', 'bob')).toMatchObject({ exitCode: 0 });
  }, 120_000);

  it('can be deleted, and its filenames are used up', async () => {
    expect(await manage('DELETE', '1.2.0/files')).toBe(204);
    expect((await lock('lantern==1.2.0')).output).toContain('no version of lantern==1.2.0');
    expect(await pip('lantern==1.2.0')).toContain('No matching distribution found');
    expect(await upload('1.2.0')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('This filename was previously used'),
    });
  }, 120_000);
});
