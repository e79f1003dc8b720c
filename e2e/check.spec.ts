import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repository } from './support/repository';
import { succeeded } from './support/run';
import { nxIn, type Nx } from './support/user';
import {
  rootPackage,
  writeInto,
  writeWorkspace,
  type TemporaryWorkspace,
} from './support/workspace';

const crate = (name: string, rest = ''): string =>
  `[package]\nname = "${name}"\nversion = "1.2.0"\nedition = "2021"\n${rest}`;

const files: Readonly<Record<string, string>> = {
  'package.json': rootPackage(),
  'nx.json': JSON.stringify({
    plugins: [{ plugin: '@forge/release', options: { followers: { all: ['core/VERSION'] } } }],
    release: { groups: { all: { projects: ['core', 'app'] } } },
  }),
  'Cargo.toml': '[workspace]\nmembers = ["core", "app"]\nresolver = "2"\n',
  'Cargo.lock':
    'version = 4\n\n[[package]]\nname = "app"\nversion = "1.2.0"\ndependencies = [\n "core",\n]\n\n[[package]]\nname = "core"\nversion = "1.2.0"\n',
  'core/Cargo.toml': crate('core'),
  'core/VERSION': '1.2.0\n',
  'core/src/lib.rs': '',
  'app/Cargo.toml': crate(
    'app',
    '[dependencies]\ncore = { path = "../core", version = "=1.2.0" }\n',
  ),
  'app/src/lib.rs': '',
};

describe('forge:check', () => {
  let workspace: TemporaryWorkspace;
  let nx: Nx;
  beforeAll(() => {
    workspace = writeWorkspace(files);
    nx = nxIn(workspace);
  });
  afterAll(() => workspace.remove());
  afterEach(() => workspace.git('checkout', '--quiet', '.'));

  const check = (...projects: readonly string[]) =>
    nx('run-many', '-t', 'forge:check', `--projects=${projects.join(',')}`);

  it('passes where everything agrees, and is cached', async () => {
    succeeded(await check('core', 'app'));
    expect(succeeded(await check('core', 'app'))).toContain('Nx read the output from the cache');
  }, 120_000);

  it.each([
    ['app/Cargo.toml', '=1.2.0', '=1.1.0', 'app'],
    ['app/Cargo.toml', 'version = "1.2.0"', 'version = "1.1.0"', 'app'],
    ['core/VERSION', '1.2.0', '1.1.0', 'core'],
    ['Cargo.lock', '"app"\nversion = "1.2.0"', '"app"\nversion = "1.1.0"', 'app'],
  ])(
    'fails by name when %s says something else: %s',
    async (file, text, tampered, project) => {
      writeInto(workspace.root, file, files[file]?.replace(text, tampered) ?? '');
      const { exitCode, output } = await check('core', 'app');
      expect(exitCode).not.toBe(0);
      expect(output).toContain(`FORGE-G008 \`${file}\` says`);
      expect(output).toMatch(/fix: write `=?1\.2\.0` there/);
      expect(output).toMatch(new RegExp(`(?:✖|- )\\s*(?:nx run )?${project}:forge:check`));
    },
    120_000,
  );
});

it('the command line loads no Nx', () => {
  const script = `
    require(${JSON.stringify(join(repository, 'packages/release/dist/cli/main.js'))});
    const foreign = Object.keys(require.cache).filter((file) => /node_modules.(?:nx|@nx)./.test(file));
    process.stdout.write(JSON.stringify(foreign));`;
  expect(JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))).toEqual(
    [],
  );
});
