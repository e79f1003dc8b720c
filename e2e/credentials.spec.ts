import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment, type RunResult } from './support/run';
import {
  rootPackage,
  writeInto,
  writeWorkspace,
  type TemporaryWorkspace,
} from './support/workspace';

const plain = '--output-style=static';
const nxJson = (options: object = {}): string =>
  JSON.stringify({ plugins: [{ plugin: '@forge/release', options }] });
const gemspec = (host: string): string => `Gem::Specification.new do |spec|
  spec.name = "own_gem"
  spec.version = "1.0.0"
  spec.summary = "Has a host of its own"
  spec.authors = ["Ada"]
  spec.license = "MIT"
  spec.homepage = "https://example.invalid/own"
  spec.files = ["lib/own_gem.rb"]
  spec.metadata["allowed_push_host"] = "${host}"
end
`;
const crate = (publish: string): string =>
  `[package]\nname = "own-crate"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "Own"\n${publish}\n`;

const mix = (version: string): string => `defmodule Words.MixProject do
  use Mix.Project

  def project do
    [app: :words, version: "${version}", description: "Words", package: [licenses: ["MIT"], links: %{}]]
  end
end
`;

/** What is the same for every suite: a home of its own, and no registry of the run. */
class Person {
  readonly home = mkdtempSync(join(tmpdir(), 'forge-home-'));
  private readonly env: Record<string, string>;

  constructor(readonly workspace: TemporaryWorkspace) {
    const env = userEnvironment({ url: '', token: '' }, process.env['PATH'] ?? '');
    const { FORGE_REGISTRY: _, FORGE_TOKEN: __, ...rest } = env;
    const rustup = process.env['RUSTUP_HOME'] ?? join(homedir(), '.rustup');
    this.env = {
      ...rest,
      HOME: this.home,
      CARGO_HOME: join(this.home, '.cargo'),
      RUSTUP_HOME: rustup,
    };
  }

  nx(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<RunResult> {
    const { root } = this.workspace;
    return run(join(root, 'node_modules/.bin/nx'), args, {
      cwd: root,
      env: { ...this.env, ...env },
    });
  }

  forge(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<RunResult> {
    const program = join(repository, 'packages/release/bin/forge-release.js');
    const all = { ...this.env, ...env };
    return run(process.execPath, [program, ...args], { cwd: this.workspace.root, env: all });
  }

  write(file: string, text: string): void {
    writeInto(this.home, file, text);
  }

  /** Content and time of a file of the home. */
  state(file: string): string {
    return `${statSync(join(this.home, file)).mtimeMs} ${readFileSync(join(this.home, file), 'utf8')}`;
  }

  leave(): void {
    this.workspace.remove();
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Codes of the problems that were told, each as often as it was. */
function codes(output: string): string[] {
  return [...output.matchAll(/^(FORGE-[A-Z]\d{3}) /gm)].map(([, code = '']) => code);
}

const labels = async (registry: RegistryProcess): Promise<string[]> =>
  (await registry.arrivals()).map(({ ecosystem, name }) => `${ecosystem}:${name}`).sort();

describeWithTools(
  'packages that name a registry of their own',
  ['cargo', 'npm', 'rubygems'],
  () => {
    let own: RegistryProcess;
    let run: RegistryProcess;
    let person: Person;
    let host: string;

    beforeAll(async () => {
      own = await startRegistryProcess();
      run = await startRegistryProcess();
      host = own.url.replace('http:', '');
      const configured = JSON.stringify({ registry: `${own.url}/npm/` });
      person = new Person(
        writeWorkspace({
          'nx.json': nxJson(),
          'package.json': rootPackage(['scoped', 'configured']),
          '.npmrc': `@acme:registry=${own.url}/npm/\n`,
          'scoped/package.json': '{ "name": "@acme/scoped", "version": "1.0.0" }\n',
          'configured/package.json': `{ "name": "configured", "version": "1.0.0", "publishConfig": ${configured} }\n`,
          '.cargo/config.toml': `[registries.own]\nindex = "sparse+${own.url}/cargo/index/"\n`,
          'crate/Cargo.toml': crate('publish = ["own"]'),
          'crate/src/lib.rs': 'pub fn own() {}\n',
          'gem/own_gem.gemspec': gemspec(`${own.url}/gems`),
          'gem/lib/own_gem.rb': 'module OwnGem; end\n',
        }),
      );
    }, 120_000);

    afterAll(async () => {
      await Promise.all([own.stop(), run.stop()]);
      person.leave();
    });

    const all = ['cargo:own-crate', 'npm:@acme/scoped', 'npm:configured', 'rubygems:own_gem'];

    it('miss their tokens together, each by its name, and nothing is uploaded (FORGE-C002)', async () => {
      const { exitCode, output } = await person.nx({}, 'run-many', '-t', 'publish', plain);
      expect(exitCode).toBe(1);
      const part = new URL(own.url).host.replaceAll(/[.:]/g, '_');
      const fixes = [...output.matchAll(/^ *fix: (set .*)$/gm)].map(([, fix]) => fix);
      expect([...new Set(fixes)].sort()).toEqual([
        'set `CARGO_REGISTRIES_OWN_TOKEN`',
        `set \`GEM_HOST_API_KEY_${part}\` or \`GEM_HOST_API_KEY\` or \`RUBYGEMS_API_KEY\``,
        `set \`NODE_AUTH_TOKEN_${part}\` or \`NODE_AUTH_TOKEN\` or \`NPM_TOKEN\``,
      ]);
      expect(await labels(own)).toEqual([]);
    }, 300_000);

    it('ask for the key of a gem only, when only the gem is released', async () => {
      const { exitCode, output } = await person.nx({}, 'run', 'own_gem:publish', plain);
      expect(exitCode).toBe(1);
      expect(new Set(codes(output))).toEqual(new Set(['FORGE-C002']));
      expect(output).toContain('GEM_HOST_API_KEY');
      expect(output).not.toMatch(/NODE_AUTH_TOKEN|CARGO_REGISTRIES/);
    }, 120_000);

    it('are rehearsed on this machine, without a token and without their own registry', async () => {
      const asked = own.requests().length;
      const { exitCode, output } = await person.forge({}, 'rehearse');
      expect(succeeded({ exitCode, output })).toMatch(/^rehearsed {2}4 packages/m);
      expect(own.requests().length).toBe(asked);
    }, 600_000);

    it('go to the registry that the user gives for the whole run', async () => {
      const env = { FORGE_REGISTRY: run.url, FORGE_TOKEN: run.token };
      succeeded(await person.nx(env, 'run-many', '-t', 'publish', plain));
      expect([await labels(run), await labels(own)]).toEqual([all, []]);
    }, 300_000);

    it('go where they say otherwise, with what the person has set up, of which nothing is written', async () => {
      person.write('.npmrc', `${host}/npm/:_authToken=${own.token}\n`);
      person.write('.cargo/credentials.toml', `[registries.own]\ntoken = "${own.token}"\n`);
      person.write('.gem/credentials', `---\n${own.url}/gems: ${own.token}\n`);
      const files = ['.npmrc', '.cargo/credentials.toml', '.gem/credentials'];
      const before = files.map((file) => person.state(file));
      const { output } = await person.nx({}, 'run-many', '-t', 'publish', plain);
      expect(codes(output)).toEqual([]);
      expect(await labels(own)).toEqual(all);
      expect(files.map((file) => person.state(file))).toEqual(before);
    }, 300_000);

    it('are refused with the place where it cannot be told (FORGE-C004), and none of the others goes up', async () => {
      writeInto(
        person.workspace.root,
        'crate/Cargo.toml',
        crate('publish = ["nowhere"]').replace('1.0.0', '1.1.0'),
      );
      writeInto(
        person.workspace.root,
        'scoped/package.json',
        '{ "name": "@acme/scoped", "version": "1.1.0" }\n',
      );
      person.workspace.commit('A registry that nobody knows');
      const before = (await labels(own)).length;
      const { exitCode, output } = await person.nx({}, 'run-many', '-t', 'publish', plain);
      expect(exitCode).toBe(1);
      expect(output).toMatch(/FORGE-C004 this crate is for the registry `nowhere` only/);
      expect(output).toContain('--> crate/Cargo.toml:7');
      expect((await labels(own)).length).toBe(before);
    }, 300_000);
  },
);

describeWithTools('the rights of a token', ['npm', 'hex'], () => {
  let registry: RegistryProcess;
  let person: Person;

  beforeAll(async () => {
    registry = await startRegistryProcess(['ada', 'bob']);
    person = new Person(
      writeWorkspace({
        'nx.json': nxJson({ registry: registry.url }),
        'package.json': rootPackage(['web']),
        'web/package.json': '{ "name": "web", "version": "1.0.0" }\n',
        'words/mix.exs': mix('1.0.0'),
        'words/lib/words.ex': 'defmodule Words do\nend\n',
      }),
    );
  }, 60_000);

  afterAll(async () => {
    await registry.stop();
    person.leave();
  });

  const uploads = () =>
    registry.requests().filter(({ method }) => method !== 'GET' && method !== 'HEAD');

  it('are looked at before anything is uploaded: a token that nobody has (FORGE-C015)', async () => {
    const { exitCode, output } = await person.nx(
      { FORGE_TOKEN: 'of_nobody_1234' },
      'run-many',
      '-t',
      'publish',
      plain,
    );
    expect(exitCode).toBe(1);
    expect(new Set(codes(output))).toEqual(new Set(['FORGE-C015']));
    expect(output).not.toContain('of_nobody_1234');
    expect(uploads()).toEqual([]);
  }, 180_000);

  it('are enough for names that nobody has, which are named', async () => {
    const { output, exitCode } = await person.nx(
      { FORGE_TOKEN: registry.tokens['ada'] ?? '' },
      ...['run-many', '-t', 'publish', plain],
    );
    expect(succeeded({ exitCode, output })).toMatch(/^first publish {2}hex:words@1\.0\.0$/m);
    expect(output).toMatch(/^first publish {2}npm:web@1\.0\.0$/m);
  }, 180_000);

  it('are not those of somebody else: nothing goes up (FORGE-P008)', async () => {
    writeInto(person.workspace.root, 'words/mix.exs', mix('1.1.0'));
    writeInto(person.workspace.root, 'web/package.json', '{ "name": "web", "version": "1.1.0" }\n');
    person.workspace.commit('Again');
    const before = uploads().length;
    const env = { FORGE_TOKEN: registry.tokens['bob'] ?? '' };
    const { exitCode, output } = await person.nx(env, 'run-many', '-t', 'publish', plain);
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /FORGE-P008 `words` at hex\.pm .* belongs to `ada`, and the token is `bob`'s/,
    );
    expect(uploads()).toHaveLength(before);
  }, 180_000);

  it('may come from a helper, which is stopped in time (FORGE-C016)', async () => {
    const helper = join(person.home, 'helper.js');
    const nx = (script: string, timeout: number) => {
      writeFileSync(helper, `#!/usr/bin/env node\n${script}\n`);
      chmodSync(helper, 0o755);
      const options = { registry: registry.url, credentials: { helper: [helper, 'ada'], timeout } };
      writeInto(person.workspace.root, 'nx.json', nxJson(options));
      person.workspace.commit('A helper');
      return person.nx({}, 'run-many', '-t', 'publish', plain);
    };
    const slow = await nx('setTimeout(() => {}, 60000)', 1);
    expect([slow.exitCode, new Set(codes(slow.output))]).toEqual([1, new Set(['FORGE-C016'])]);
    const answering = `
      let input = '';
      process.stdin.on('data', (chunk) => (input += chunk));
      process.stdin.on('end', () => {
        const { registry } = JSON.parse(input);
        if (!registry.startsWith('${registry.url}')) process.exit(1);
        console.log(JSON.stringify({ token: '${registry.tokens['ada']}' }));
      });`;
    succeeded(await nx(answering, 30));
    const versions = (await registry.arrivals()).map(({ name, version }) => `${name} ${version}`);
    expect(versions.sort()).toEqual(['web 1.0.0', 'web 1.1.0', 'words 1.0.0', 'words 1.1.0']);
  }, 300_000);
});

describeWithTools('what was released to a registry that was given then', ['npm'], () => {
  let registry: RegistryProcess;
  let person: Person;

  beforeAll(async () => {
    registry = await startRegistryProcess();
    person = new Person(
      writeWorkspace({
        'nx.json': JSON.stringify({
          plugins: ['@forge/release'],
          release: { projects: ['tag:forge:published'], projectsRelationship: 'independent' },
        }),
        'package.json': rootPackage(['given']),
        'given/package.json': '{ "name": "given-once", "version": "1.0.0" }\n',
      }),
    );
  }, 60_000);
  afterAll(async () => {
    await registry.stop();
    person.leave();
  });

  it('is taken back from there, with the token of such a registry', async () => {
    const env = { FORGE_TOKEN: registry.token };
    const run = ['run', 'patch', '--yes', `--registry=${registry.url}`];
    succeeded(await person.forge(env, ...run));
    expect(await labels(registry)).toEqual(['npm:given-once']);
    const without = await person.forge({ NPM_TOKEN: 'of_the_public_one' }, 'yank', '--yes');
    expect([without.exitCode, codes(without.output)]).toEqual([1, ['FORGE-C002']]);
    expect(without.output).toContain('fix: set `FORGE_TOKEN`');
    const before = registry.requests().length;
    succeeded(await person.forge(env, 'yank', '--yes'));
    const changes = registry.requests().slice(before);
    expect(changes.some(({ method }) => method !== 'GET')).toBe(true);
  }, 180_000);
});

describeWithTools('a release without tokens', ['cargo', 'npm', 'hex', 'rubygems'], () => {
  let person: Person;
  const release = { projects: ['tag:forge:published'], projectsRelationship: 'independent' };

  beforeAll(() => {
    person = new Person(
      writeWorkspace({
        'nx.json': JSON.stringify({ plugins: ['@forge/release'], release }),
        'package.json': rootPackage(),
        'web/package.json': '{ "name": "four-web", "version": "1.0.0" }\n',
        'crate/Cargo.toml': crate('').replace('own-crate', 'four-crate'),
        'crate/src/lib.rs': 'pub fn own() {}\n',
        'words/mix.exs': mix('1.0.0').replace(':words', ':four_words'),
        'words/lib/words.ex': 'defmodule Words do\nend\n',
        'gem/four_gem.gemspec': gemspec('')
          .replaceAll('own_gem', 'four_gem')
          .replace(/.*push_host.*\n/, ''),
        'gem/lib/four_gem.rb': 'module FourGem; end\n',
      }),
    );
  });
  afterAll(() => person.leave());

  const gemKey =
    'set `GEM_HOST_API_KEY` or `RUBYGEMS_API_KEY`; get one at https://rubygems.org/profile/api_keys';
  const all = [
    'set `CARGO_REGISTRY_TOKEN` or `CRATES_IO_TOKEN`; get one at https://crates.io/settings/tokens',
    gemKey,
    'set `HEX_API_KEY`; get one at https://hex.pm/dashboard/keys',
    'set `NODE_AUTH_TOKEN` or `NPM_TOKEN`; get one at https://www.npmjs.com/settings/~/tokens',
  ];
  const missing = (output: string): string[] =>
    [...new Set([...output.matchAll(/^ *fix: (set .*)$/gm)].map(([, fix = '']) => fix))].sort();
  /** No artifact, no file, no commit, no tag. */
  const untouched = (): void => {
    const { root, git } = person.workspace;
    expect(existsSync(join(root, '.forge/artifacts'))).toBe(false);
    expect(git('status', '--porcelain')).toBe('');
    expect([git('log', '--format=%s').trim(), git('tag')]).toEqual(['Start', '']);
  };

  it('is stopped by nx release before anything is written, with all four at once (FORGE-C002)', async () => {
    const { exitCode, output } = await person.nx({}, 'release', 'patch', '--yes');
    expect([exitCode, missing(output)]).toEqual([1, all]);
    for (const name of ['four-web', 'four-crate', 'four_words', 'four_gem'])
      expect(output).toMatch(new RegExp(`needed by \`\\w+:${name}@1\\.0\\.1\``));
    untouched();
  }, 120_000);

  it('is stopped by forge-release run in the same way', async () => {
    const { exitCode, output } = await person.forge({}, 'run', 'patch', '--yes');
    expect([exitCode, missing(output)]).toEqual([1, all]);
    untouched();
  }, 120_000);

  it('is told by the dry runs of both', async () => {
    const nx = await person.nx({}, 'release', 'patch', '--dry-run');
    expect([nx.exitCode, missing(nx.output)]).toEqual([0, all]);
    const forge = await person.forge({}, 'run', 'patch', '--dry-run');
    expect([forge.exitCode, missing(forge.output)]).toEqual([1, all]);
    untouched();
  }, 120_000);

  it.each(['nx', 'forge'] as const)(
    'asks for one key only where one gem is released (%s)',
    async (command) => {
      const args = [...(command === 'nx' ? ['release'] : ['run']), 'patch', '--yes'];
      const { exitCode, output } = await person[command]({}, ...args, '--projects=four_gem');
      expect([exitCode, missing(output)]).toEqual([1, [gemKey]]);
      untouched();
    },
    120_000,
  );

  it('needs none to write versions only', async () => {
    const { output, exitCode } = await person.nx(
      {},
      'release',
      'patch',
      '--skip-publish',
      '--dry-run',
    );
    expect([exitCode, missing(output)]).toEqual([0, []]);
    succeeded(await person.nx({}, 'release', 'version', 'patch'));
    person.workspace.git('reset', '--quiet', '--hard', 'HEAD');
    untouched();
  }, 180_000);

  it.each(['nx', 'forge'] as const)(
    'is told of a tag that exists before anything is written (%s, FORGE-C020)',
    async (command) => {
      const { git } = person.workspace;
      git('tag', 'four_gem@1.0.1');
      const args = [command === 'nx' ? 'release' : 'run', '1.0.1', '--yes', '--projects=four_gem'];
      const { exitCode, output } = await person[command]({ GEM_HOST_API_KEY: '' }, ...args);
      git('tag', '--delete', 'four_gem@1.0.1');
      expect([exitCode, missing(output)]).toEqual([1, [gemKey]]);
      expect(output).toContain('FORGE-C020 the tag `four_gem@1.0.1` exists already');
      untouched();
    },
    120_000,
  );

  it('warns of a branch that is not the default one, and without a terminal goes on from there only if told to (FORGE-C019)', async () => {
    const { git } = person.workspace;
    git('switch', '--quiet', '--create', 'feature');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    for (const command of ['nx', 'forge'] as const) {
      const args = [...(command === 'nx' ? ['release'] : ['run']), 'patch', '--dry-run'];
      const { output } = await person[command]({}, ...args, '--projects=four_gem');
      expect(output).toMatch(/^warning: FORGE-C019 .*`feature`, not on `main`/m);
      expect(output).not.toContain('Go on?');
      const real = args.filter((word) => word !== '--dry-run');
      const refused = await person[command]({}, ...real, '--projects=four_gem');
      expect(refused.exitCode).not.toBe(0);
      expect(refused.output).toMatch(/^(?!warning: ).*FORGE-C019 .*`feature`, not on `main`/m);
      untouched();
    }
  }, 120_000);
});
