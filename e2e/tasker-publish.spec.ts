import { describeWithTools } from './support/describe-with-tools';
import { artifactsOf } from './support/printed';
import { startRefusingProxy, type RefusingProxy } from './support/refusing-proxy';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { ReleaseCommand } from './support/release-command';
import { succeeded } from './support/run';
import { TaskerWorkspace } from './support/tasker';

const crate = (name: string): string => `cargo:tasker-${name}@0.1.9`;
const bindings = [
  'npm:@tasker-systems/tasker@0.1.9',
  'pypi:tasker-py@0.1.9.0',
  'rubygems:tasker-rb@0.1.9.0',
];

/** Scenario S11: a change of the crate that everything needs; the third crate of the order cannot be published. */
describeWithTools(
  'a release of tasker of which a part fails',
  ['cargo', 'npm', 'pypi', 'rubygems'],
  () => {
    let registry: RegistryProcess;
    let proxy: RefusingProxy;
    let tasker: TaskerWorkspace;
    let forge: ReleaseCommand;

    beforeAll(async () => {
      registry = await startRegistryProcess();
      proxy = await startRefusingProxy(registry.url);
      const at = { url: proxy.url, token: registry.token };
      tasker = TaskerWorkspace.create({
        mode: 'graph',
        source: 'conventional commits',
        registry: at,
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

    it('goes on after a kill with what is left', async () => {
      proxy.refuse('"tasker-client"');
      const at = `after:step/publish/${crate('shared')}/done`;
      expect(await forge.killed(at, ['run', '--yes'])).toBe(true);
      const before = await arrived();
      expect(before).toEqual([crate('pgmq'), crate('shared')]);
      const { exitCode, output } = await forge.run('resume');
      expect(exitCode).toBe(1);
      expect(output).toMatch(/^failed +cargo:tasker-client@0\.1\.9$/m);
      expect((await arrived()).slice(0, 2)).toEqual(before);
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

    it('is finished by resume: the rest in order, from the same commit, and then the tags', async () => {
      const head = tasker.git('rev-parse', 'HEAD');
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
    }, 600_000);

    it('has exactly the packed bytes in the registry', async () => {
      const served = (await registry.arrivals()).flatMap(({ files }) => files);
      const packed = new Set(artifactsOf(tasker.root).values());
      // By digest: npm serves a tarball by another name. And PEP 658: the metadata of a wheel stands beside it.
      const files = served.filter(({ filename }) => !filename.endsWith('.metadata'));
      expect(files.length).toBeGreaterThanOrEqual(11);
      expect(files.filter(({ sha256 }) => !packed.has(sha256))).toEqual([]);
    });
  },
);
