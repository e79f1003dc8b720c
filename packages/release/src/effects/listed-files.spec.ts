import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { globAsync } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';
import { listWantedFiles } from './listed-files';

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

const git = (root: string, ...args: string[]): unknown => execFileSync('git', args, { cwd: root });

function repository(files: readonly string[]): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'forge-listed-')));
  roots.push(root);
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'target\n/built\n');
  }
  git(root, 'init', '--quiet');
  return root;
}

const isManifest = (file: string): boolean => file.endsWith('Cargo.toml');
const listed = (root: string) => listWantedFiles(root, isManifest);

describe('wanted files, as git knows them', () => {
  it('are those that Nx finds: on the disk, committed or not, and not ignored', async () => {
    const root = repository([
      ...['.gitignore', 'Cargo.toml', 'a/Cargo.toml', 'ä b/Cargo.toml', 'a/src/lib.rs'],
      ...['.hidden/Cargo.toml', 'gone/Cargo.toml', 'built/Cargo.toml', 'a/target/Cargo.toml'],
      ...['a/node_modules/x/Cargo.toml', '.nx/cache/x/Cargo.toml', '.yarn/cache/Cargo.toml'],
    ]);
    git(root, 'add', '.gitignore', 'Cargo.toml', 'gone', '.hidden');
    // Nx looks at what is ignored today; git goes on with what was added once.
    git(root, 'add', '--force', 'built');
    rmSync(join(root, 'gone'), { recursive: true });
    const found = [...((await listed(root)) ?? [])].sort();
    expect(found).toEqual(['.hidden/Cargo.toml', 'Cargo.toml', 'a/Cargo.toml', 'ä b/Cargo.toml']);
    const byNx = await globAsync(new FsTree(root, false), ['**/Cargo.toml']);
    expect(byNx.sort()).toEqual(found);
  });

  it('are left to Nx where git and Nx may not be of one mind', async () => {
    const plain = repository(['Cargo.toml']);
    rmSync(join(plain, '.git'), { recursive: true });
    const linked = repository(['Cargo.toml']);
    symlinkSync('../Cargo.toml', join(linked, 'a-Cargo.toml'));
    const nested = repository(['b/Cargo.toml']);
    git(join(nested, 'b'), 'init', '--quiet');
    const ignoring = repository(['Cargo.toml', 'a/.nxignore']);
    const withModules = repository(['Cargo.toml', '.gitmodules']);
    const answers = [plain, linked, nested, ignoring, withModules].map(listed);
    expect(await Promise.all(answers)).toEqual(answers.map(() => undefined));
  });
});
