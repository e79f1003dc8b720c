import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeOnEachDatabase } from './support/each-database';
import type { RegistryYard } from './support/registry-yard';

const gemspec = (version: string): string =>
  `Gem::Specification.new do |s|\n  s.name = "lantern"\n  s.version = "${version}"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = []\nend\n`;

/** A yanked gem is gone for everybody; its number is used up. */
describeOnEachDatabase('gem yank and gem owner', ['rubygems'], (openYard) => {
  let yard: RegistryYard;
  beforeAll(async () => {
    yard = await openYard();
    for (const version of ['1.0.0', '1.1.0']) await push(version);
  }, 120_000);
  afterAll(() => yard.stop());

  const gem = (user: string, ...args: readonly string[]) =>
    yard.run(['gem', ...args], {
      in: 'gems',
      env: { GEM_HOST_API_KEY: yard.registry.tokens[user] ?? '' },
    });
  const host = (): string[] => ['--host', `${yard.registry.url}/gems`];
  async function push(version: string, user = 'alice') {
    const root = yard.write('gems', { 'lantern.gemspec': gemspec(version) });
    if (!existsSync(join(root, `lantern-${version}.gem`)))
      await yard.runOk(['gem', 'build', 'lantern.gemspec'], { in: 'gems' });
    return gem(user, 'push', `lantern-${version}.gem`, ...host());
  }
  async function install(where: string, ...version: readonly string[]): Promise<string> {
    // Without `--remote` it takes the files that lie about.
    const source = ['--clear-sources', '--source', `${yard.registry.url}/gems/`];
    const to = ['--install-dir', join(yard.directory, where), '--no-document'];
    const { output } = await gem(
      'alice',
      'install',
      '--remote',
      'lantern',
      ...version,
      ...source,
      ...to,
    );
    return /Successfully installed lantern-(\S+)/.exec(output)?.[1] ?? output;
  }
  /** What Bundler locks in a project that stays, with the index that it has kept. */
  async function bundle(...command: readonly string[]) {
    const source = `${yard.registry.url}/gems/`;
    const root = yard.write('project', {
      Gemfile: `source "${source}"\ngem "lantern", "~> 1.0"\n`,
    });
    const env = {
      BUNDLE_PATH: join(yard.directory, `bundle-${command.length}`),
      BUNDLE_APP_CONFIG: '/none',
    };
    const result = await yard.run(['bundle', ...command], { in: 'project', env });
    const lock = readFileSync(join(root, 'Gemfile.lock'), 'utf8');
    return { ...result, version: / {4}lantern \(([^)]+)\)/.exec(lock)?.[1] };
  }

  it('are refused to others, as publishing is, until an owner lets them in', async () => {
    const denied = '`lantern` belongs to alice (FORGE-R009)';
    const pushed = await push('1.2.0', 'bob');
    expect(pushed).toMatchObject({ exitCode: 1, output: expect.stringContaining(denied) });
    // `gem yank` of RubyGems 3.3 ends with 0 whatever the answer was.
    const yanked = await gem('bob', 'yank', 'lantern', '-v', '1.0.0', ...host());
    expect(yanked.output).toContain(denied);
    const added = await gem('alice', 'owner', 'lantern', '--add', 'bob', ...host());
    expect(added.output).toContain('Owner added successfully.');
    expect(added.output).toMatch(/Owners for gem: lantern\n- alice@localhost\n- bob@localhost\n/);
    expect(await push('1.2.0', 'bob')).toMatchObject({ exitCode: 0 });
    const removed = await gem('alice', 'owner', 'lantern', '--remove', 'bob@localhost', ...host());
    expect(removed.output).toContain('Owner removed successfully.');
    expect(await push('1.3.0', 'bob')).toMatchObject({ exitCode: 1 });
    const last = await gem('alice', 'owner', 'lantern', '--remove', 'alice', ...host());
    expect(last.output).toContain('FORGE-R011');
  }, 120_000);

  it('take a version away from resolvers, from lock files, and for good', async () => {
    expect(await install('before')).toBe('1.2.0');
    expect((await bundle('lock')).version).toBe('1.2.0');
    const yanked = await gem('alice', 'yank', 'lantern', '-v', '1.2.0', ...host());
    expect(yanked.output).toContain('Successfully deleted gem: lantern (1.2.0)');
    expect(await install('after')).toBe('1.1.0');
    expect(await install('exact', '--version', '1.2.0')).toContain('Could not find a valid gem');
    expect((await bundle('install', '--retry=0')).exitCode).not.toBe(0);
    // Bundler 2.3 goes below a locked version only where the gem is named.
    expect((await bundle('update', 'lantern')).version).toBe('1.1.0');
    const again = await push('1.2.0');
    expect(again).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('A yanked version already exists'),
    });
    expect((await gem('alice', 'yank', 'lantern', '-v', '1.2.0', ...host())).output).toContain(
      'FORGE-R010',
    );
  }, 120_000);
});
