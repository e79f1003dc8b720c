import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClusterImage } from './cluster-image';

/**
 * A fresh cluster with its schema, made by the first start with a schema and kept beside the installed code, so that
 * whoever can change it could change the code as well. `initdb` takes PGlite 0.5 three to five seconds and the schema
 * half of one. Where that place cannot be written, every fresh start pays for all of it.
 */
export async function loadTemplate(
  schema: string,
  make: () => Promise<ClusterImage>,
): Promise<ClusterImage> {
  const directory = templateDirectory();
  if (directory === undefined) return make();
  const file = path.join(directory, `pglite-${pgliteVersion(directory)}-${schema}.cluster`);
  const there = await readTemplate(file);
  if (there) return there;
  const template = await make();
  await ifAllowed(() => keepTemplate(file, template));
  return template;
}

async function keepTemplate(file: string, template: ClusterImage): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, template);
  await rename(temporary, file);
  await dropUnused(path.dirname(file));
}

/** Beside the PGlite that is loaded; `undefined` where it is not found as files. */
function templateDirectory(): string | undefined {
  const places = require.resolve.paths('@electric-sql/pglite') ?? [];
  const nodeModules = places.find((place) => existsSync(manifestIn(place)));
  return nodeModules && path.join(nodeModules, '.cache/forge-registry');
}

function pgliteVersion(directory: string): string {
  const manifest = readFileSync(manifestIn(path.join(directory, '../..')), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

function manifestIn(nodeModules: string): string {
  return path.join(nodeModules, '@electric-sql/pglite/package.json');
}

async function readTemplate(file: string): Promise<ClusterImage | undefined> {
  try {
    const template = await readFile(file);
    const now = new Date();
    await ifAllowed(() => utimes(file, now, now));
    return template;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const unusedAfterMs = 7 * 24 * 60 * 60 * 1000;

/** Templates of other schemas, 10 MB each, that nobody has opened for a week. */
async function dropUnused(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name);
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > unusedAfterMs) await rm(file, { force: true });
  }
}

/** Where the code is installed, only some may write; and another process may have tidied up first. */
async function ifAllowed(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOENT'].includes(code)) throw error;
  }
}
