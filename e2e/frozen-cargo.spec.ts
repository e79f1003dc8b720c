import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { releaseMajor, type MajorRelease } from './support/frozen';
import { runOk } from './support/run';

/**
 * The core of a workspace goes up by a major version. Others ask for it in every way: inherited, directly, renamed,
 * in dev, build and target tables, from a workspace of its own, itself for its own tests; one of them also for the
 * version that was published long before; and a workspace reaches it only through another crate.
 */
describeWithTools('a Cargo workspace whose core goes up by a major version', ['cargo'], () => {
  let release: MajorRelease;
  const cargo = (directory: string, ...args: readonly string[]): Promise<string> => {
    const { env, home } = release;
    const cwd = join(release.workspace.root, directory);
    return runOk('cargo', [...args, '--locked', '--offline'], {
      cwd,
      env: { ...env, CARGO_HOME: home, CARGO_TARGET_DIR: join(home, 'target') },
    });
  };
  const text = (file: string): string => release.text(file);

  beforeAll(async () => {
    release = await releaseMajor('frozen-cargo', 'acme-core');
  }, 120_000);
  afterAll(() => release.remove());

  it('changes what speaks of the core, and nothing else', () => {
    expect(release.changedFiles()).toEqual([
      'Cargo.lock',
      'Cargo.toml',
      'bench/Cargo.lock',
      'crates/acme-app/Cargo.toml',
      'crates/acme-core/Cargo.toml',
      'crates/acme-tool/Cargo.toml',
      'fuzz/Cargo.lock',
      'fuzz/Cargo.toml',
    ]);
    expect(release.maskedLines('+')).toEqual(release.maskedLines('-'));
    expect(text('Cargo.toml')).toContain('version = "2.0.0" } # offered to all');
    expect(text('crates/acme-app/Cargo.toml')).toContain('version = "~2.0", features = ["test"]');
    expect(text('crates/acme-app/Cargo.toml')).toContain("version = '2', path");
    expect(text('crates/acme-core/Cargo.toml')).toContain('path = ".", version = "=2.0.0"');
    expect(text('crates/acme-tool/Cargo.toml')).toContain('version = ">=1.2, <3", # not the next');
  });

  it('leaves what means the version that was published before', () => {
    expect(text('crates/acme-app/Cargo.toml')).toContain(
      'package = "acme-core", version = "0.9" }',
    );
    expect(text('Cargo.lock')).toContain('name = "acme-core"\nversion = "0.9.0"\nsource = ');
  });

  it('is resolved by cargo with its lock files as they are', async () => {
    await cargo('.', 'check', '--workspace', '--all-targets');
    await cargo('fuzz', 'check');
    await cargo('bench', 'check');
    expect(await cargo('.', 'test', '--workspace')).toContain('is_not_what_it_was ... ok');
  }, 120_000);
});
