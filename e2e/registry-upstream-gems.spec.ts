import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { publishTinyPackages } from './support/publish-tiny-packages';
import type { RegistryProcess } from './support/registry-process';
import { run, succeeded, type RunResult } from './support/run';
import { tinyGemspec } from './support/tiny-packages';
import { openUpstreamYard, type UpstreamYard } from './support/upstream-yard';
import { writeInto } from './support/workspace';

const gemspec = (...[name, version, more]: Parameters<typeof tinyGemspec>) => ({
  'tiny-gem/tiny-gem.gemspec': tinyGemspec(name, version, more),
});

/** Bundler looks for every gem in one list, and files are asked for by their own name alone. */
describeWithTools('gems of another registry', ['rubygems'], () => {
  let yard: UpstreamYard;
  let other: RegistryProcess;
  let own: RegistryProcess;
  beforeAll(async () => {
    yard = await openUpstreamYard(['rubygems']);
    ({ other } = yard);
    const needs = 'add_dependency "tiny-gem", "~> 1.0"';
    await publishTinyPackages(other, ['rubygems'], gemspec('tiny-2needy', '1.5.0', [needs]));
    own = await yard.startReader();
  }, 240_000);
  afterAll(() => yard.stop());

  /** A home of its own, whose tools take everything from `registry`. */
  function homeOf(name: string, registry: RegistryProcess) {
    const home = join(yard.directory, name);
    const env = {
      ...{ PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' },
      ...{ GEM_HOME: join(home, 'gems'), GEM_PATH: join(home, 'gems') },
      ...{ BUNDLE_USER_HOME: join(home, 'bundle'), BUNDLE_RETRY: '0' },
    };
    mkdirSync(home, { recursive: true });
    const tool = (program: string, ...args: string[]): Promise<RunResult> =>
      run(program, args, { cwd: home, env });
    const source = `${registry.url}/gems/`;
    return {
      tool,
      bundle(...gems: readonly string[]) {
        const lines = gems.map((gem) => `gem ${gem}\n`).join('');
        writeInto(home, 'Gemfile', `source "${source}"\n${lines}`);
        return tool('bundle', 'install');
      },
      locked: () => readFileSync(join(home, 'Gemfile.lock'), 'utf8'),
      gemInstall: (...args: string[]) =>
        tool('gem', 'install', ...args, '--clear-sources', '--source', source, '--no-document'),
    };
  }
  const askedSince = (before: number) =>
    other
      .requests()
      .slice(before)
      .map(({ path }) => path);

  it('are read through for Bundler and for RubyGems, with what they need', async () => {
    const person = homeOf('reader', own);
    succeeded(await person.bundle('"tiny-2needy"'));
    expect(person.locked()).toContain('tiny-2needy (1.5.0)\n      tiny-gem (~> 1.0)');
    const loaded = await person.tool('bundle', 'exec', 'ruby', '-e', 'require "tiny"; print TINY');
    expect(succeeded(loaded)).toBe('true');

    const another = homeOf('another', own);
    succeeded(await another.gemInstall('tiny-2needy'));
    const listed = succeeded(await another.tool('gem', 'list', '--local'));
    expect(listed).toContain('tiny-2needy (1.5.0)\ntiny-gem (1.0.0)');
    expect(other.requests().filter(({ status }) => status >= 500)).toEqual([]);
  }, 120_000);

  it('never stand in for a gem of ours, however high their version', async () => {
    const holder = await yard.startReader();
    await publishTinyPackages(holder, ['rubygems'], gemspec('tiny-gem', '0.9.0'));
    const before = other.requests().length;
    const person = homeOf('held', holder);
    succeeded(await person.bundle('"tiny-gem"'));
    expect(person.locked()).toContain('tiny-gem (0.9.0)');
    expect((await person.bundle('"tiny-gem", "~> 1.0"')).exitCode).not.toBe(0);
    const newer = await homeOf('other', holder).gemInstall('tiny-gem', '-v', '1.0.0');
    expect(newer.exitCode).not.toBe(0);
    expect(askedSince(before).filter((path) => /tiny-gem/.test(path))).toEqual([]);
  }, 120_000);

  it('are not asked for under a name that is claimed', async () => {
    writeInto(yard.directory, 'claims.json', '{ "rubygems": ["tiny-gem"] }');
    const claiming = await yard.startReader('--claims', join(yard.directory, 'claims.json'));
    const before = other.requests().length;
    const { exitCode, output } = await homeOf('claimed', claiming).bundle('"tiny-gem"');
    expect(exitCode).not.toBe(0);
    expect(output).toContain("Could not find gem 'tiny-gem'");
    expect(askedSince(before)).toEqual(['/gems/versions']);
  }, 60_000);

  it('that do not answer are a bad gateway, and never "not found"', async () => {
    const person = homeOf('stranded', await yard.startStranded());
    for (const { exitCode, output } of [
      await person.bundle('"tiny-gem"'),
      await person.gemInstall('tiny-gem'),
    ]) {
      expect(exitCode).not.toBe(0);
      expect(output).toMatch(/502|FORGE-R014/);
    }
  }, 60_000);
});
