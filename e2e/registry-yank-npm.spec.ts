import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeOnEachDatabase } from './support/each-database';
import type { RegistryYard } from './support/registry-yard';

const name = '@lamp/lantern';

/** npm has no yank: `deprecate` comes nearest, `unpublish` goes further. */
describeOnEachDatabase('npm deprecate, dist-tag, owner and unpublish', ['npm'], (openYard) => {
  let yard: RegistryYard;
  beforeAll(async () => {
    yard = await openYard();
    for (const version of ['1.0.0', '1.1.0']) await publish(version);
  }, 120_000);
  afterAll(() => yard.stop());

  const npm = (user: string, where: string, ...args: readonly string[]) => {
    const { url, tokens } = yard.registry;
    yard.write(where, {
      '.npmrc': `registry=${url}/npm/\n//${url.slice('http://'.length)}/npm/:_authToken=${tokens[user]}\n`,
    });
    return yard.run(['npm', '--fetch-retries=0', '--no-update-notifier', ...args], {
      in: where,
      env: { npm_config_cache: join(yard.directory, 'cache', where) },
    });
  };
  const ask = (...args: readonly string[]) => npm('alice', 'asker', ...args);
  function publish(version: string, user = 'alice') {
    const where = `lantern-${user}`;
    yard.write(where, { 'package.json': JSON.stringify({ name, version }) });
    return npm(user, where, 'publish', '--access=public');
  }
  let consumers = 0;
  /** What a project gets for a requirement, in a cache of its own. */
  async function install(requirement: string, lock?: string) {
    const where = `consumer-${(consumers += 1)}`;
    const root = yard.write(where, {
      'package.json': JSON.stringify({ name: 'user', dependencies: { [name]: requirement } }),
      ...(lock === undefined ? {} : { 'package-lock.json': lock }),
    });
    const { exitCode, output } = await npm('alice', where, lock === undefined ? 'install' : 'ci');
    if (exitCode !== 0) return { output };
    const read = (file: string) => readFileSync(join(root, file), 'utf8');
    const { version } = JSON.parse(read(`node_modules/${name}/package.json`)) as {
      version: string;
    };
    return { version, output, lock: read('package-lock.json') };
  }

  it('know who asks', async () => {
    expect((await npm('bob', 'asker', 'whoami')).output.trim()).toBe('bob');
  }, 60_000);

  it('keep a deprecated version from ranges that have another, not from lock files', async () => {
    const before = await install('^1.0.0');
    expect(before.version).toBe('1.1.0');
    expect(await ask('deprecate', `${name}@1.1.0`, 'it leaks')).toMatchObject({ exitCode: 0 });
    expect((await install('^1.0.0')).version).toBe('1.0.0');
    expect((await install('^1.0.0', before.lock)).version).toBe('1.1.0');
    expect(await install('1.1.0')).toMatchObject({
      version: '1.1.0',
      output: expect.stringContaining(`deprecated ${name}@1.1.0: it leaks`),
    });
    expect(await ask('deprecate', `${name}@1.1.0`, '')).toMatchObject({ exitCode: 0 });
    expect((await install('^1.0.0')).version).toBe('1.1.0');
  }, 180_000);

  it('move, list and delete tags', async () => {
    expect(await ask('dist-tag', 'add', `${name}@1.0.0`, 'old')).toMatchObject({ exitCode: 0 });
    expect((await ask('dist-tag', 'ls', name)).output).toBe('latest: 1.1.0\nold: 1.0.0\n');
    expect((await install('old')).version).toBe('1.0.0');
    expect(await ask('dist-tag', 'rm', name, 'old')).toMatchObject({ exitCode: 0 });
    expect((await ask('dist-tag', 'ls', name)).output).toBe('latest: 1.1.0\n');
    const absent = await ask('dist-tag', 'add', `${name}@9.0.0`, 'old');
    expect(absent).toMatchObject({ exitCode: 1, output: expect.stringContaining('E404') });
    const latest = await ask('dist-tag', 'rm', name, 'latest');
    expect(latest).toMatchObject({ exitCode: 1, output: expect.stringContaining('FORGE-R011') });
  }, 120_000);

  it('are refused to others, as publishing is, until an owner lets them in', async () => {
    const refused = {
      exitCode: 1,
      output: expect.stringContaining('belongs to alice (FORGE-R009)'),
    };
    expect(await publish('1.2.0', 'bob')).toMatchObject(refused);
    for (const args of [
      ['deprecate', name, 'mine now'],
      ['dist-tag', 'add', `${name}@1.0.0`, 'bobs'],
      ['unpublish', `${name}@1.0.0`, '--force'],
      ['owner', 'add', 'bob', name],
    ])
      expect(await npm('bob', 'asker', ...args)).toMatchObject(refused);
    expect(await ask('owner', 'add', 'nobody', name)).toMatchObject({ exitCode: 1 });
    expect(await ask('owner', 'add', 'bob', name)).toMatchObject({ exitCode: 0 });
    expect((await ask('owner', 'ls', name)).output).toBe(
      'alice <alice@localhost>\nbob <bob@localhost>\n',
    );
    expect(await publish('1.2.0', 'bob')).toMatchObject({ exitCode: 0 });
    expect(await ask('owner', 'rm', 'bob', name)).toMatchObject({ exitCode: 0 });
    expect(await publish('1.3.0', 'bob')).toMatchObject({ exitCode: 1 });
  }, 180_000);

  it('take a version away from everybody, for good', async () => {
    const before = await install('1.2.0');
    expect(await ask('unpublish', `${name}@1.2.0`, '--force')).toMatchObject({ exitCode: 0 });
    expect((await ask('view', name, 'dist-tags.latest')).output.trim()).toBe('1.1.0');
    expect((await install('1.2.0')).output).toContain('ETARGET');
    expect((await install('1.2.0', before.lock)).output).toMatch(/E404|ETARGET/);
    const again = await publish('1.2.0');
    expect(again).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining(
        'cannot publish over the previously published versions: 1.2.0',
      ),
    });
    expect(await ask('unpublish', name, '--force')).toMatchObject({ exitCode: 0 });
    expect((await ask('view', name, 'version')).output).toContain('E404');
  }, 180_000);
});
