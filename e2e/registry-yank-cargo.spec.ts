import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeOnEachDatabase } from './support/each-database';
import type { RegistryYard } from './support/registry-yard';

const manifest = (version: string): string =>
  `[package]\nname = "lantern"\nversion = "${version}"\nedition = "2021"\nlicense = "MIT"\ndescription = "d"\n`;
const consumer = '[package]\nname = "user"\nversion = "0.0.0"\n\n[dependencies]\nlantern = "1"\n';

/** What `cargo yank` and `cargo owner` do to the registry, and what resolvers make of it. */
describeOnEachDatabase('cargo yank and cargo owner', ['cargo'], (openYard) => {
  let yard: RegistryYard;
  beforeAll(async () => {
    yard = await openYard();
    for (const version of ['1.0.0', '1.1.0']) await publish(version);
  }, 120_000);
  afterAll(() => yard.stop());

  const settings = (): string[] => [
    ...['--config', 'source.crates-io.replace-with="forge"'],
    ...['--config', `registries.forge.index="sparse+${yard.registry.url}/cargo/index/"`],
  ];
  const cargo = (user: string, ...args: readonly string[]) =>
    yard.run(['cargo', ...settings(), ...args], {
      env: { CARGO_REGISTRIES_FORGE_TOKEN: yard.registry.tokens[user] ?? '' },
    });
  const registry = ['--registry', 'forge'];
  async function publish(version: string, user = 'alice') {
    const root = yard.write('lantern', { 'Cargo.toml': manifest(version), 'src/lib.rs': '' });
    const path = ['--manifest-path', join(root, 'Cargo.toml')];
    return cargo(user, 'publish', ...registry, '--allow-dirty', '--no-verify', ...path);
  }
  /** What a project resolves to, and whether it can then be fetched into an empty home. */
  async function resolve(directory: string): Promise<string> {
    const root = yard.write(directory, { 'Cargo.toml': consumer, 'src/lib.rs': '' });
    await yard.runOk(['cargo', ...settings(), 'generate-lockfile'], { in: directory });
    return (
      /name = "lantern"\nversion = "([^"]+)"/.exec(
        readFileSync(join(root, 'Cargo.lock'), 'utf8'),
      )?.[1] ?? ''
    );
  }
  const fetchLocked = (directory: string) =>
    yard.run(['cargo', ...settings(), 'fetch', '--locked'], {
      in: directory,
      env: { CARGO_HOME: join(yard.directory, 'home', `fresh-${directory}`) },
    });

  it('keep a yanked version from new resolutions, not from lock files, until it is taken back', async () => {
    expect(await resolve('before')).toBe('1.1.0');
    expect(await cargo('alice', 'yank', 'lantern@1.1.0', ...registry)).toMatchObject({
      exitCode: 0,
    });
    expect(await resolve('after')).toBe('1.0.0');
    expect(await fetchLocked('before')).toMatchObject({ exitCode: 0 });
    const undo = await cargo('alice', 'yank', 'lantern@1.1.0', '--undo', ...registry);
    expect(undo).toMatchObject({ exitCode: 0 });
    expect(await resolve('again')).toBe('1.1.0');
  }, 120_000);

  it('are refused for what is not there', async () => {
    const absent = await cargo('alice', 'yank', 'lantern@9.0.0', ...registry);
    expect(absent).toMatchObject({
      exitCode: 101,
      output: expect.stringContaining('`lantern` has no version `9.0.0` (FORGE-R010)'),
    });
  }, 60_000);

  it('are refused to others, as publishing is, until an owner lets them in', async () => {
    const refused = {
      exitCode: 101,
      output: expect.stringContaining('`lantern` belongs to alice (FORGE-R009)'),
    };
    expect(await cargo('bob', 'yank', 'lantern@1.0.0', ...registry)).toMatchObject(refused);
    expect(await publish('1.2.0', 'bob')).toMatchObject(refused);
    expect(await cargo('bob', 'owner', '--add', 'bob', 'lantern', ...registry)).toMatchObject(
      refused,
    );
    const added = await cargo('alice', 'owner', '--add', 'bob', 'lantern', ...registry);
    expect(added).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('bob: now an owner of lantern'),
    });
    const list = await cargo('alice', 'owner', '--list', 'lantern', ...registry);
    expect(list.output).toMatch(/^alice \(alice\)\nbob \(bob\)$/m);
    expect(await publish('1.2.0', 'bob')).toMatchObject({ exitCode: 0 });
    const removed = await cargo('bob', 'owner', '--remove', 'alice', 'lantern', ...registry);
    expect(removed).toMatchObject({ exitCode: 0 });
    expect(await publish('1.3.0')).toMatchObject({ exitCode: 101 });
    const last = await cargo('bob', 'owner', '--remove', 'bob', 'lantern', ...registry);
    expect(last).toMatchObject({ exitCode: 101, output: expect.stringContaining('FORGE-R011') });
  }, 120_000);
});
