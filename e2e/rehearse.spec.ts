import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { createWorld } from '../packages/release/src/effects/world';
import { publishUnits } from '../packages/release/src/publish/publish-units';
import { leaky } from './support/leaky';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment, type RunResult } from './support/run';
import { startTrap, strayedPackages, strayedPerson } from './support/strayed';
import { packTinyPackages, tinyFiles } from './support/tiny-packages';
import {
  copyWorkspace,
  rootPackage,
  writeWorkspace,
  type TemporaryWorkspace,
} from './support/workspace';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

interface Receipt {
  readonly packages: readonly {
    readonly ecosystem: string;
    readonly name: string;
    readonly served: string;
    readonly artifacts: readonly { readonly sha256: string }[];
  }[];
}

function receiptsOf({ root }: TemporaryWorkspace): readonly Receipt[] {
  const directory = join(root, '.forge/rehearsals');
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map(
    (name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as Receipt,
  );
}

/** What somebody else has published. */
async function publishTiny({ url: registry, token }: RegistryProcess): Promise<void> {
  const tiny = await packTinyPackages(['npm']);
  const options = { registry, token, onDuplicate: 'fail' as const, allowDirty: true };
  const units = [tiny.unit('npm', { registry })];
  const world = createWorld({ dryRun: false });
  const report = await publishUnits(tiny.workspace, units, [], options, world, () => undefined);
  tiny.remove();
  expect(report.kind).toBe('ran');
}

describeWithTools('forge-release rehearse, with the tools of all six', ecosystems, () => {
  /** Stands for the registry that a release is for; nothing may reach it before `publish`. */
  let real: RegistryProcess;
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    real = await startRegistryProcess();
  }, 60_000);
  afterAll(() => real.stop());
  afterEach(() => workspace.remove());

  const path = process.env['PATH'] ?? '';
  const user = (program: string, args: readonly string[], env: object = {}): Promise<RunResult> =>
    run(program, args, { cwd: workspace.root, env: { ...userEnvironment(real, path), ...env } });
  const forge = (args: readonly string[], env: object = {}): Promise<RunResult> =>
    user(
      process.execPath,
      [join(repository, 'packages/release/bin/forge-release.js'), ...args],
      env,
    );
  const nx = (...args: readonly string[]): Promise<RunResult> =>
    user(join(repository, 'node_modules/.bin/nx'), args);

  it('publishes and installs every package of the example, and leaves a receipt that publish demands', async () => {
    workspace = copyWorkspace(join(repository, 'examples/polyglot'));
    succeeded(await nx('g', '@forge/release:init', '--no-interactive'));
    workspace.commit('Release with Forge');
    const publish = ['run-many', '-t', 'publish', '--requireRehearsal', '--output-style=static'];
    const before = await nx(...publish);
    expect(before.exitCode).not.toBe(0);
    expect(before.output).toContain('FORGE-W006 `cargo:quill-core@1.0.0` was not rehearsed');
    const arrived = real.requests().filter(({ method }) => method !== 'GET' && method !== 'HEAD');
    expect(arrived).toEqual([]);

    const output = succeeded(await forge(['rehearse', '--packed']));
    expect(output.match(/^installed {2}/gm)).toHaveLength(13);
    const [receipt, ...others] = receiptsOf(workspace);
    expect(others).toEqual([]);
    expect(new Set(receipt?.packages.map(({ ecosystem }) => ecosystem))).toEqual(
      new Set(ecosystems),
    );
    expect(
      receipt?.packages.every(({ served }) => /^(?:identical|same content)$/.test(served)),
    ).toBe(true);
    expect(real.requests().every(({ method }) => method === 'GET' || method === 'HEAD')).toBe(true);
    expect(workspace.git('status', '--porcelain')).toBe('');

    succeeded(await nx(...publish));
    const rehearsed = receipt?.packages.flatMap((each) =>
      each.artifacts.map(({ sha256 }) => sha256),
    );
    const live = (await real.arrivals()).flatMap(({ files }) => files.map(({ sha256 }) => sha256));
    expect(live).toEqual(expect.arrayContaining(rehearsed ?? ['nothing was rehearsed']));
  }, 900_000);

  it('finds what packs and uploads and cannot be used: in the rehearsal, all of it, and without a receipt', async () => {
    workspace = writeWorkspace(leaky);
    const { output, exitCode } = await forge(['rehearse']);
    expect(exitCode).toBe(1);
    expect(output.match(/^published {2}/gm)).toHaveLength(6);
    for (const [label, reason] of [
      ['cargo:leaky', "couldn't read `"],
      ['npm:@leaky/text', "Cannot find module './lib/words'"],
      ['pypi:leaky-text', "No module named 'leaky_words'"],
      ['hex:leaky', 'module Leaky.Words is not loaded'],
      ['hackage:leaky', 'words.h: No such file'],
      ['rubygems:leaky', 'cannot load such file'],
    ]) {
      expect(output).toContain(`FORGE-W003 \`${label}@1.0.0\` cannot be used as it was published`);
      expect(output).toContain(reason);
    }
    expect(receiptsOf(workspace)).toEqual([]);
  }, 600_000);

  it('names what is needed from outside of the workspace and is not there', async () => {
    workspace = writeWorkspace({
      'nx.json': '{}\n',
      'javascript/package.json':
        '{ "name": "needy", "version": "1.0.0", "license": "MIT", "dependencies": { "@elsewhere/lamp": "^2.0.0" } }\n',
      'ruby/needy.gemspec':
        'Gem::Specification.new do |s|\n  s.name = "needy"\n  s.version = "1.0.0"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = []\n  s.add_dependency "elsewhere-lamp", "~> 2.0"\nend\n',
    });
    const { output, exitCode } = await forge(['rehearse']);
    expect(exitCode).toBe(1);
    expect(output).toContain('FORGE-W004 `npm:needy@1.0.0` needs `@elsewhere/lamp`');
    expect(output).toContain('FORGE-W004 `rubygems:needy@1.0.0` needs `elsewhere-lamp`');
  }, 300_000);

  it('is a stage of a release, where packages of others come from another registry as well', async () => {
    await publishTiny(real);
    workspace = writeWorkspace({
      'nx.json':
        '{ "plugins": ["@forge/release"], "release": { "projects": ["tag:forge:published"], "projectsRelationship": "independent" } }\n',
      'package.json': rootPackage(['needy']),
      'needy/package.json':
        '{ "name": "needy", "version": "1.0.0", "license": "MIT", "main": "index.js", "dependencies": { "tiny-npm": "^1.0.0" } }\n',
      'needy/index.js': 'exports.needy = require("tiny-npm").tiny;\n',
    });
    const release = ['run', 'patch', '--yes', '--rehearse', '--upstream', `npm=${real.url}`];
    const cache = { XDG_CACHE_HOME: join(workspace.root, '.forge/cache') };
    const output = succeeded(await forge(release, cache));
    expect(output).toContain(`packages of others come from npm=${real.url}`);
    expect(output).toMatch(/^installed {6}npm:needy@1\.0\.1: /m);
    expect(output).toMatch(/\nreleased\n$/);
    expect(receiptsOf(workspace)).toHaveLength(1);
  }, 300_000);

  it('goes nowhere else, whatever the packages and the person have set up', async () => {
    const trap = await startTrap();
    workspace = writeWorkspace({ ...tinyFiles, ...strayedPackages(trap.url) });
    const home = join(workspace.root, '.forge/home');
    const person = strayedPerson(home, trap.url);
    try {
      const { output } = await forge(['rehearse'], {
        ...{ ...person.env, RUSTUP_HOME: process.env['RUSTUP_HOME'] ?? join(homedir(), '.rustup') },
        FORGE_RELEASE_DRY_RUN: 'true',
      });
      const labels = [
        ...['cargo:tiny-crate', 'npm:@strayed/text', 'npm:tiny-npm', 'pypi:tiny-py'],
        ...['hex:tiny_hex', 'hackage:tiny-hackage', 'rubygems:strayed', 'rubygems:tiny-gem'],
      ];
      expect(
        [...output.matchAll(/^published {2}(\S+)@1\.0\.0/gm)].map(([, at]) => at).sort(),
      ).toEqual(labels.sort());
      expect(receiptsOf(workspace)).toHaveLength(1);
      expect(trap.asked).toEqual([]);
      expect(output).not.toContain(person.token);
      // The trap is one: a tool that is let loose with these settings is caught.
      const loose = { HOME: home, PATH: path, ...person.env };
      await run('npm', ['view', 'tiny-npm', '--fetch-retries=0'], { cwd: home, env: loose });
      expect(trap.asked).not.toEqual([]);
    } finally {
      trap.close();
    }
  }, 300_000);
});
