import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { artifactsOf } from './support/printed';
import { startRefusingProxy, type RefusingProxy } from './support/refusing-proxy';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { ReleaseCommand } from './support/release-command';
import { acceptedUploads } from './support/release-end';
import { succeeded } from './support/run';
import { coreCrates, TaskerWorkspace } from './support/tasker';
import {
  installGem,
  installModule,
  installProgram,
  installWheel,
} from './support/tasker-consumers';

const crate = (name: string): string => `cargo:tasker-${name}@0.1.9`;
const bindings = [
  'npm:@tasker-systems/tasker@0.1.9',
  'pypi:tasker-py@0.1.9.0',
  'rubygems:tasker-rb@0.1.9.0',
];

const extension = 'crates/tasker-rb/ext/tasker_core/extconf.rb';

/** `gem install` compiles the crate, from what is in the gem and from the registry alone. */
const compiling = `File.write("Makefile", <<~MAKE)
  all:
  \tcargo build --release --manifest-path "#{__dir__}/Cargo.toml" --target-dir "#{Dir.pwd}/target"

  install:
  \tcp "#{Dir.pwd}/target/release/libtasker_rb.so" "#{File.expand_path("../../lib", __dir__)}/"

  clean:
  \trm -rf "#{Dir.pwd}/target"
MAKE
`;

/** Scenario S11: a change of the crate that everything needs; the third crate of the order cannot be published. */
describeWithTools(
  'a release of tasker of which a part fails',
  ['cargo', 'npm', 'pypi', 'rubygems'],
  () => {
    let registry: RegistryProcess;
    let proxy: RefusingProxy;
    let tasker: TaskerWorkspace;
    let forge: ReleaseCommand;
    /** Of the dry run that came before everything, by filename. */
    let shown: ReadonlyMap<string, string>;

    beforeAll(async () => {
      registry = await startRegistryProcess();
      proxy = await startRefusingProxy(registry.url);
      const at = { url: proxy.url, token: registry.token };
      tasker = TaskerWorkspace.create({
        mode: 'graph',
        source: 'conventional commits',
        registry: at,
        prepare: (_edit, write) => write(extension, compiling),
      });
      forge = new ReleaseCommand(tasker.root, at);
      tasker.change('fix: it', 'crates/tasker-shared/src/lib.rs');
    }, 120_000);
    afterAll(async () => {
      await proxy.close();
      await registry.stop();
      tasker.remove();
    });

    const arrived = async (): Promise<string[]> =>
      (await registry.arrivals()).map(
        ({ ecosystem, name, version }) => `${ecosystem}:${name}@${version}`,
      );

    /** PEP 658: the metadata of a wheel stands beside it, and is no file of its own. */
    const packedFiles = async () =>
      (await registry.arrivals())
        .flatMap(({ files }) => files)
        .filter(({ filename }) => !filename.endsWith('.metadata'));

    it('shows in a dry run what it packs, from its own commit, and publishes nothing', async () => {
      expect(await forge.killed('after:step/commit//done', ['run', '--yes'])).toBe(true);
      const projects = [...coreCrates, 'tasker-ts', 'tasker-py', 'tasker-rb'].join(',');
      const dryRun = ['run-many', '-t', 'publish', '--dryRun', `--projects=${projects}`];
      const output = succeeded(await tasker.nx(...dryRun, '--output-style=static'));
      const told = [...output.matchAll(/^would publish +(\S+)/gm)].map(([, label]) => label);
      const crates = coreCrates.map((name) => `cargo:${name}@0.1.9`);
      expect(told.sort()).toEqual([...crates, ...bindings]);
      expect(output).not.toMatch(/^(?:skipped|failed) /m);
      shown = artifactsOf(tasker.root);
      expect(shown.size).toBeGreaterThanOrEqual(11);
      expect([await arrived(), uploadsOf(registry)]).toEqual([[], []]);
    }, 600_000);

    it('goes on with what is left after it was killed behind its third upload', async () => {
      proxy.refuse('"tasker-client"');
      const at = `after:step/publish/${crate('orchestration')}/done`;
      expect(await forge.killed(at, ['resume'])).toBe(true);
      const before = await arrived();
      expect(before).toEqual([crate('pgmq'), crate('shared'), crate('orchestration')]);
      const uploads = uploadsOf(registry);
      const { exitCode, output } = await forge.run('resume');
      expect(exitCode).toBe(1);
      expect(output).toMatch(/^failed +cargo:tasker-client@0\.1\.9$/m);
      expect(await arrived()).toEqual(before);
      expect(uploadsOf(registry)).toEqual(uploads);
    }, 600_000);

    it('publishes the siblings, skips what needs the failed one, and tags nothing that is not whole', async () => {
      expect((await arrived()).sort()).toEqual(['orchestration', 'pgmq', 'shared'].map(crate));
      const { packages } = JSON.parse(succeeded(await forge.run('status', '--json'))) as {
        packages: { package: string; state: string }[];
      };
      const skipped = packages
        .filter(({ state }) => state === 'skipped')
        .map((each) => each.package);
      expect(skipped.sort()).toEqual([...['ctl', 'mcp', 'sdk', 'worker'].map(crate), ...bindings]);
      expect(tasker.newTags()).toEqual([]);
    });

    it('publishes the other bindings where one is refused, with their tags', async () => {
      proxy.refuse('/gems/');
      const { exitCode, output } = await forge.run('resume');
      expect(exitCode).toBe(1);
      expect(output).toMatch(/^failed +rubygems:tasker-rb@0\.1\.9\.0$/m);
      const live = await arrived();
      expect(live).toHaveLength(10);
      expect(live.filter((label) => bindings.includes(label)).sort()).toEqual(bindings.slice(0, 2));
      expect(tasker.newTags()).toEqual(['core-v0.1.9', 'python-v0.1.9.0', 'typescript-v0.1.9']);
    }, 600_000);

    it('is finished by resume: the rest in order and nothing twice, from the same commit, and then the tags', async () => {
      const head = tasker.git('rev-parse', 'HEAD');
      const uploaded = uploadsOf(registry);
      proxy.refuse(undefined);
      succeeded(await forge.run('resume'));
      const order = await arrived();
      expect([...order].sort()).toEqual(
        [
          ...['client', 'ctl', 'mcp', 'orchestration', 'pgmq', 'sdk', 'shared', 'worker'].map(
            crate,
          ),
          ...bindings,
        ].sort(),
      );
      const before = (early: string, late: string): void =>
        expect([early, late, order.indexOf(early) < order.indexOf(late)]).toEqual([
          early,
          late,
          true,
        ]);
      before(crate('pgmq'), crate('shared'));
      for (const name of ['client', 'orchestration']) before(crate('shared'), crate(name));
      for (const name of ['worker', 'sdk']) before(crate('client'), crate(name));
      for (const name of ['ctl', 'mcp']) before(crate('sdk'), crate(name));
      for (const label of bindings) before(crate('worker'), label);
      expect(tasker.newTags()).toEqual([
        ...['core-v0.1.9', 'python-v0.1.9.0', 'ruby-v0.1.9.0', 'typescript-v0.1.9'],
      ]);
      for (const tag of tasker.newTags())
        expect(tasker.git('rev-parse', `${tag}^{commit}`)).toBe(head);
      // Each file once in all: what was there before stays, and each of the others is one request.
      const uploads = uploadsOf(registry);
      expect(uploads.slice(0, uploaded.length)).toEqual(uploaded);
      expect(uploads).toHaveLength((await packedFiles()).length);
      expect(acceptedUploads(registry)).toBe(uploads.length);
    }, 600_000);

    it('installs for strangers: the program, the source gem outside of the repository, the module, the wheel', async () => {
      const directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-tasker-')));
      const at = (name: string) => {
        mkdirSync(join(directory, name));
        const path = process.env['PATH'] ?? '';
        return { url: registry.url, directory: join(directory, name), path };
      };
      try {
        const [program, gem] = await Promise.all([
          installProgram(at('program'), '0.1.9'),
          installGem(at('gem'), '0.1.9.0'),
        ]);
        const [module, wheel] = await Promise.all([
          installModule(at('module'), '0.1.9'),
          installWheel(at('wheel'), '0.1.9.0'),
        ]);
        // The extension adds the lengths of two versions up, both `0.1.9`.
        expect([program, gem, module, wheel].map((text) => text.trim())).toEqual([
          ...['0.1.9', '0.1.9.0 10', '0.1.9', '0.1.9.0'],
        ]);
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    }, 300_000);

    it('has exactly the bytes in the registry that the dry run packed, and of a compiled wheel those of the release', async () => {
      const files = await packedFiles();
      expect(files.length).toBeGreaterThanOrEqual(11);
      // By digest: npm serves a tarball by another name.
      const [inDryRun, inRelease] = [shown, artifactsOf(tasker.root)].map(
        (artifacts) => new Set(artifacts.values()),
      );
      const unlike = files.filter(({ sha256 }) => !inDryRun?.has(sha256));
      // A compiler writes paths of its temporary directory into a wheel: two builds of it are never the same.
      expect(unlike.filter(({ filename }) => !filename.endsWith('.whl'))).toEqual([]);
      expect(unlike.filter(({ sha256 }) => !inRelease?.has(sha256))).toEqual([]);
    });
  },
);

describeWithTools('tasker, published task by task', ['cargo', 'npm', 'pypi', 'rubygems'], () => {
  let registry: RegistryProcess;
  let tasker: TaskerWorkspace;
  beforeAll(async () => {
    registry = await startRegistryProcess();
    tasker = TaskerWorkspace.create({
      mode: 'graph',
      source: 'conventional commits',
      registry: { url: registry.url, token: registry.token },
    });
  }, 120_000);
  afterAll(async () => {
    await registry.stop();
    tasker.remove();
  });

  it('sends the very files that its dry run packed, the compiled wheel among them', async () => {
    const projects = [...coreCrates, 'tasker-ts', 'tasker-py', 'tasker-rb'].join(',');
    const publish = ['run-many', '-t', 'publish', `--projects=${projects}`];
    succeeded(await tasker.nx(...publish, '--dryRun', '--output-style=static'));
    const packed = new Set(artifactsOf(tasker.root).values());
    succeeded(await tasker.nx(...publish, '--output-style=static'));
    const files = (await registry.arrivals())
      .flatMap((each) => each.files)
      .filter(({ filename }) => !filename.endsWith('.metadata'));
    expect(files.length).toBeGreaterThanOrEqual(11);
    expect(files.filter(({ sha256 }) => !packed.has(sha256))).toEqual([]);
  }, 600_000);
});

/** Requests that change something, as they came. */
function uploadsOf(registry: RegistryProcess): string[] {
  return registry
    .requests()
    .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
    .map(({ method, path, status }) => `${method} ${path} ${status}`);
}
