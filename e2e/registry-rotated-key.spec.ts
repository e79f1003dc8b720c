/** @jest-environment ../packages/registry/jest/pglite-environment.js */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistry, type RunningRegistry } from '../packages/registry/src/server';
import { cabalIn, signedConfig } from './support/cabal-home';
import { describeWithTools } from './support/describe-with-tools';
import { publishTinyPackages } from './support/publish-tiny-packages';
import { repository } from './support/repository';
import { run, succeeded } from './support/run';

describeWithTools('a repository with a new key', ['hackage'], () => {
  let directory: string;
  let registry: RunningRegistry | undefined;
  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-rotated-')));
  });
  afterAll(async () => {
    await registry?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The same data, at the same address. */
  async function start(): Promise<RunningRegistry> {
    const port = registry ? Number(new URL(registry.url).port) : 0;
    await registry?.close();
    return (registry = await startRegistry({ data: join(directory, 'data'), port }));
  }
  async function rotate(): Promise<RunningRegistry> {
    await registry?.close();
    const bin = join(repository, 'packages/registry/bin/forge-registry.js');
    const options = ['rotate-key', '--data', join(directory, 'data')];
    succeeded(await run(process.execPath, [bin, ...options], { cwd: directory, env: process.env }));
    return start();
  }
  /** A home whose configuration trusts the key that the server has now. */
  async function homeOf(name: string, running: RunningRegistry) {
    const at = join(directory, name);
    const cabal = cabalIn(at, await signedConfig(running));
    /** Updates, and answers the version of the root that is trusted now; what it leads to can be used. */
    return async (): Promise<number> => {
      succeeded(await cabal('update', '-v1'));
      expect((await cabal('build', '--dry-run')).output).toContain('tiny-hackage-1.0.0');
      const root = readFileSync(join(at, 'packages/forge/root.json'), 'utf8');
      return (JSON.parse(root) as { signed: { version: number } }).signed.version;
    };
  }

  it('is believed by who knew the old one, however many there were, and by who begins', async () => {
    const first = await start();
    await publishTinyPackages(first, ['hackage']);
    const knows = await homeOf('knows', first);
    expect(await knows()).toBe(1);
    const trusts = await homeOf('trusts', first);

    await rotate();
    expect(await knows()).toBe(2);
    const third = await rotate();
    expect(await knows()).toBe(3);
    // Its configuration names the first key, and it has never asked before.
    expect(await trusts()).toBe(3);
    expect(await (await homeOf('begins', third))()).toBe(3);
  }, 240_000);
});
