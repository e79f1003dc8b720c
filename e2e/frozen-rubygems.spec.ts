import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { releaseMajor, type MajorRelease } from './support/frozen';
import { run, succeeded, type RunResult } from './support/run';

const locks = {
  '.': 'Gemfile.lock',
  'examples/kiosk': 'Gemfile.lock',
  'examples/shop': 'Gemfile.lock',
  'gems/app': 'Gemfile.lock',
  'gems/cli': 'gems.locked',
};

/**
 * The core of a repository of gems goes up by a major version. Others ask for it in lists, in strings, in branches
 * and for development only; one Gemfile lies in the root and one beside each dependent, each with its lock file. Two
 * more lie elsewhere: one takes the core, one what needs it.
 */
describeWithTools('gems whose core goes up by a major version', ['rubygems'], () => {
  let release: MajorRelease;
  const bundle = (directory: string, ...args: readonly string[]): Promise<RunResult> => {
    const { env, home } = release;
    const cwd = join(release.workspace.root, directory);
    return run('bundle', args, {
      cwd,
      env: { ...env, HOME: home, BUNDLE_USER_HOME: home, BUNDLE_SILENCE_ROOT_WARNING: 'true' },
    });
  };
  const frozen = async (directory: string): Promise<RunResult> => {
    await bundle(directory, 'config', 'set', '--local', 'frozen', 'true');
    return bundle(directory, 'install', '--local');
  };
  const text = (file: string): string => release.text(file);

  beforeAll(async () => {
    release = await releaseMajor('frozen-rubygems', 'acme-core');
  }, 120_000);
  afterAll(() => release.remove());

  it('changes what speaks of the core, and nothing else', () => {
    expect(release.changedFiles()).toEqual([
      'Gemfile',
      'Gemfile.lock',
      'examples/kiosk/Gemfile.lock',
      'examples/shop/Gemfile',
      'examples/shop/Gemfile.lock',
      'gems/app/Gemfile.lock',
      'gems/app/acme-app.gemspec',
      'gems/cli/acme-cli.gemspec',
      'gems/cli/gems.locked',
      'gems/core/lib/acme/core/version.rb',
    ]);
    expect(release.maskedLines('+')).toEqual(release.maskedLines('-'));
    expect(text('gems/app/acme-app.gemspec')).toContain('"~> 2.0", ">= 1.2.0" # both');
    expect(text('gems/app/acme-app.gemspec')).toContain('">= 1.2.0", "< 3"');
    expect(text('gems/cli/acme-cli.gemspec')).toContain('["= 2.0.0".freeze]');
    expect(text('Gemfile')).toContain('gem "acme-core", "~> 2.0", ">= 1.2.0", path');
  });

  it.each(Object.entries(locks))(
    'is what Bundler takes in %s with its lock file as it is, and what it would write',
    async (directory, lock) => {
      const file = join(directory, lock);
      const before = text(file);
      expect(succeeded(await frozen(directory))).toContain('Using acme-core 2.0.0');
      expect(text(file)).toBe(before);
      rmSync(join(release.workspace.root, directory, '.bundle'), { recursive: true });
      succeeded(await bundle(directory, 'lock', '--local'));
      expect(text(file).replace(/\nBUNDLED WITH\n.*\n/, '')).toBe(before);
      writeFileSync(join(release.workspace.root, file), before);
    },
    60_000,
  );

  it('would not be taken with the lock file of before', async () => {
    release.workspace.git('checkout', 'HEAD', '--', 'Gemfile.lock');
    expect((await frozen('.')).exitCode).not.toBe(0);
  }, 60_000);
});
