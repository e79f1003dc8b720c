import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { ReleaseCommand } from './support/release-command';
import { succeeded } from './support/run';
import { canMount, mountSmallDisk, type SmallDisk } from './support/small-disk';
import { rootPackage, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const megabyte = 1024 * 1024;
const release = { projects: ['tag:forge:published'], projectsRelationship: 'independent' };

/** A package that no archive makes smaller. */
const files = (name: string): Readonly<Record<string, string | Uint8Array>> => ({
  'nx.json': json({ plugins: ['@forge/release'], release }),
  'package.json': rootPackage(['heavy']),
  'heavy/package.json': json({ name, version: '1.0.0', license: 'MIT', main: 'index.js' }),
  'heavy/index.js': 'module.exports = 1;\n',
  'heavy/data.bin': randomBytes(2 * megabyte),
});

const describeWithDisks = canMount() ? describe : describe.skip;

describeWithDisks('a full disk (where this user may mount one)', () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;
  let disk: SmallDisk | undefined;
  let scratch: string;

  beforeAll(async () => {
    registry = await startRegistryProcess();
  }, 60_000);
  afterAll(() => registry.stop());
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'forge-scratch-'));
  });
  afterEach(() => {
    disk?.remove();
    workspace.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it.each([
    ['of what is built from', 'scratch', 'heavy-tree', 1],
    ['of what a tool makes of it', 'scratch', 'heavy-pack', 3],
    ['of the artifacts', 'artifacts', 'heavy-artifact', 1],
  ])(
    '%s: nothing is uploaded, it is told (FORGE-P014), and with room again resume goes on',
    async (_, place, name, megabytes) => {
      workspace = writeWorkspace(files(name));
      const forge = new ReleaseCommand(workspace.root, registry, { TMPDIR: scratch });
      const directory = place === 'scratch' ? scratch : join(workspace.root, '.forge/artifacts');
      disk = mountSmallDisk(directory);
      // A disk that is full before is seen before anything is written (FORGE-C021).
      await forge.killed('after:step/commit//done', ['run', 'patch', '--yes']);
      disk?.fill(megabytes * megabyte);
      const { exitCode, output } = await forge.run('resume');
      expect(exitCode).toBe(1);
      expect(output).toMatch(new RegExp(`^FORGE-P014 \`npm:${name}@1\\.0\\.1\``, 'm'));
      expect(output).toMatch(/ENOSPC/);
      expect(output).toMatch(/^fix: .*room/m);
      const isLive = async (): Promise<boolean> =>
        (await registry.arrivals()).some((each) => each.name === name);
      expect([await isLive(), workspace.git('tag')]).toEqual([false, '']);
      disk?.clear();
      succeeded(await forge.run('resume'));
      expect([await isLive(), workspace.git('tag').trim()]).toEqual([true, `${name}@1.0.1`]);
      expect(workspace.git('status', '--porcelain')).toBe('');
    },
    120_000,
  );

  it('of the journal: nothing is begun that could not be written down (FORGE-P014)', async () => {
    workspace = writeWorkspace(files('heavy-journal'));
    const forge = new ReleaseCommand(workspace.root, registry);
    disk = mountSmallDisk(join(workspace.root, '.forge'));
    await forge.killed('after:step/commit//done', ['run', 'patch', '--yes']);
    disk?.fill(0);
    const { exitCode, output } = await forge.run('resume');
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/^FORGE-P014 .*ENOSPC/m)]);
    expect(output).not.toMatch(/^ {4}at /m);
    disk?.clear();
    succeeded(await forge.run('resume'));
    expect(workspace.git('tag').trim()).toBe('heavy-journal@1.0.1');
  }, 120_000);

  it('before a release is seen before anything is written (FORGE-C021)', async () => {
    workspace = writeWorkspace(files('heavy-before'));
    disk = mountSmallDisk(scratch);
    disk?.fill(megabyte);
    const forge = new ReleaseCommand(workspace.root, registry, { TMPDIR: scratch });
    const { exitCode, output } = await forge.run('run', 'patch', '--yes');
    expect([exitCode, output]).toEqual([1, expect.stringContaining(`FORGE-C021 \`${scratch}\``)]);
    expect(workspace.git('status', '--porcelain')).toBe('');
  }, 60_000);
});
