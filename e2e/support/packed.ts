import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { repository } from './repository';

/** One package of this repository, as `npm publish` would upload it. */
export interface Packed {
  readonly name: string;
  /** Absolute path of the tarball. */
  readonly tarball: string;
  /** Paths in the package, sorted. */
  readonly files: readonly string[];
}

/** Packs the three packages as they are built, without running any script. */
export function packPackages(destination: string): readonly Packed[] {
  const json = execFileSync(
    'npm',
    [
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      destination,
      ...['ecosystems', 'release', 'registry'].flatMap((name) => [
        '--workspace',
        `packages/${name}`,
      ]),
    ],
    { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  // npm 12 keys the answer by package name, earlier ones give a list.
  const packed = Object.values(
    JSON.parse(json) as Record<
      string,
      { name: string; filename: string; files: { path: string }[] }
    >,
  );
  return packed.map(({ name, filename, files }) => ({
    name,
    tarball: join(destination, filename),
    files: files.map(({ path }) => path).sort(),
  }));
}

/** Where a package of this repository keeps what could not be hoisted. */
const nestedModules = (name: string): string =>
  join(repository, 'packages', name.slice('@forge/'.length), 'node_modules');

/**
 * A `node_modules` as `npm install` of the tarballs would leave it, without asking any registry: the packed
 * packages and Nx are real directories, everything else is linked from this repository. Nx is copied because
 * it resolves our files from where it really lies, which would be this repository.
 */
export function installPacked(
  directory: string,
  packed: readonly Packed[],
  nxFrom: string = join(repository, 'node_modules'),
): void {
  const modules = join(directory, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const { name, tarball } of packed) unpack(tarball, join(modules, name), nestedModules(name));
  copyNx(nxFrom, modules);
  linkMissing(join(repository, 'node_modules'), modules);
  for (const name of ['nx', ...packed.map((each) => each.name)]) linkBins(modules, name);
}

function unpack(tarball: string, directory: string, nested: string): void {
  mkdirSync(directory, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', directory, '--strip-components=1']);
  if (existsSync(nested))
    cpSync(nested, join(directory, 'node_modules'), { recursive: true, verbatimSymlinks: true });
}

/** Nx with its devkit and the binary of this platform; what else lies beside them is theirs alone. */
function copyNx(from: string, modules: string): void {
  const own = ['nx', '@nx/devkit'];
  for (const name of own)
    cpSync(join(from, name), join(modules, name), { recursive: true, verbatimSymlinks: true });
  for (const name of packagesIn(from).filter((each) => each.startsWith('@nx/nx-')))
    link(join(from, name), join(modules, name));
  if (from === join(repository, 'node_modules')) return;
  const theirs = packagesIn(from).filter((name) => !name.startsWith('@nx/') && name !== 'nx');
  for (const name of theirs)
    for (const owner of own) link(join(from, name), join(modules, owner, 'node_modules', name));
}

/** Neither this repository's own packages nor plugins of Nx, which belong to one version of it. */
function linkMissing(from: string, modules: string): void {
  for (const name of packagesIn(from))
    if (!/^@forge\/|^@nx\/(?!nx-)/.test(name)) link(join(from, name), join(modules, name));
}

function packagesIn(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(modules, name)).map((each) => `${name}/${each}`)
        : [name],
    );
}

function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** As npm does: a link to the script, which has to be executable in the tarball already. */
function linkBins(modules: string, name: string): void {
  const { bin = {} } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as {
    bin?: Record<string, string>;
  };
  for (const [command, script] of Object.entries(bin))
    link(
      relative(join(modules, '.bin'), join(modules, name, script)),
      join(modules, '.bin', command),
    );
}

/**
 * Environment that makes every Node process write down which modules it resolves to this repository's own
 * packages. What is installed elsewhere must not need them.
 */
export function watchResolution(directory: string): {
  readonly env: Readonly<Record<string, string>>;
  /** Files of this repository's packages that were resolved so far. */
  leaks(): readonly string[];
} {
  const [hook, log] = [join(directory, 'watch-resolution.cjs'), join(directory, 'leaks.txt')];
  writeFileSync(
    hook,
    `const Module = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (...args) {
  const file = resolve.apply(this, args);
  if (String(file).startsWith(${JSON.stringify(join(repository, 'packages/'))}))
    require('node:fs').appendFileSync(${JSON.stringify(log)}, file + '\\n');
  return file;
};
`,
  );
  return {
    env: { NODE_OPTIONS: `--require=${hook}` },
    leaks: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : []),
  };
}
