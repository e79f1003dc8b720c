import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { publishTinyPackages } from './support/publish-tiny-packages';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { run, succeeded, type RunResult } from './support/run';
import { writeInto } from './support/workspace';

const gemspec = (
  name: string,
  version: string,
  dependency = '',
) => `Gem::Specification.new do |spec|
  spec.name = "${name}"
  spec.version = "${version}"
  spec.summary = "Tiny"
  spec.authors = ["Quill"]
  spec.license = "MIT"
  spec.homepage = "https://tiny.example"
  spec.files = ["lib/tiny.rb"]
  ${dependency}
end
`;

/** Bundler looks for every gem in one list, and files are asked for by their own name alone. */
describeWithTools('gems of another registry', ['rubygems'], () => {
  let directory: string;
  let other: RegistryProcess;
  let own: RegistryProcess;
  beforeAll(async () => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-upstream-')));
    other = await startRegistryProcess();
    await publishTinyPackages(other, ['rubygems']);
    const needy = gemspec('tiny-2needy', '1.5.0', 'spec.add_dependency "tiny-gem", "~> 1.0"');
    await publishTinyPackages(other, ['rubygems'], { 'tiny-gem/tiny-gem.gemspec': needy });
    own = await startRegistryProcess([], ['--upstream', `rubygems=${other.url}`]);
  }, 240_000);
  afterAll(async () => {
    await Promise.all([own.stop(), other.stop()]);
    rmSync(directory, { recursive: true, force: true });
  });

  /** A home of its own, whose tools take everything from `registry`. */
  function homeOf(name: string, registry: RegistryProcess) {
    const home = join(directory, name);
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
    const ours = gemspec('tiny-gem', '0.9.0');
    const holder = await startRegistryProcess([], ['--upstream', `rubygems=${other.url}`]);
    try {
      await publishTinyPackages(holder, ['rubygems'], { 'tiny-gem/tiny-gem.gemspec': ours });
      const before = other.requests().length;
      const person = homeOf('held', holder);
      succeeded(await person.bundle('"tiny-gem"'));
      expect(person.locked()).toContain('tiny-gem (0.9.0)');
      expect((await person.bundle('"tiny-gem", "~> 1.0"')).exitCode).not.toBe(0);
      expect(
        (await homeOf('other', holder).gemInstall('tiny-gem', '-v', '1.0.0')).exitCode,
      ).not.toBe(0);
      expect(askedSince(before).filter((path) => /tiny-gem/.test(path))).toEqual([]);
    } finally {
      await holder.stop();
    }
  }, 120_000);

  it('are not asked for under a name that is claimed', async () => {
    writeInto(directory, 'claims.json', '{ "rubygems": ["tiny-gem"] }');
    const options = ['--upstream', `rubygems=${other.url}`, '--claims', `${directory}/claims.json`];
    const claiming = await startRegistryProcess([], options);
    try {
      const before = other.requests().length;
      const { exitCode, output } = await homeOf('claimed', claiming).bundle('"tiny-gem"');
      expect(exitCode).not.toBe(0);
      expect(output).toContain("Could not find gem 'tiny-gem'");
      expect(askedSince(before)).toEqual(['/gems/versions']);
    } finally {
      await claiming.stop();
    }
  }, 60_000);

  it('that do not answer are a bad gateway, and never "not found"', async () => {
    // Nobody listens there.
    const gone = await startRegistryProcess([], ['--upstream', 'rubygems=http://127.0.0.1:9']);
    try {
      const person = homeOf('stranded', gone);
      for (const { exitCode, output } of [
        await person.bundle('"tiny-gem"'),
        await person.gemInstall('tiny-gem'),
      ]) {
        expect(exitCode).not.toBe(0);
        expect(output).toMatch(/502|FORGE-R014/);
      }
    } finally {
      await gone.stop();
    }
  }, 60_000);
});
