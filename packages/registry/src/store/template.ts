import { PGlite } from '@electric-sql/pglite';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A fresh cluster as an archive. `initdb` takes PGlite 0.5 three to five seconds, unpacking this
 * takes half of one. It is made by the first start and kept beside the installed code, so that
 * whoever can change it could change the code as well. Where that place cannot be written,
 * every fresh start pays for `initdb`.
 */
export async function loadTemplate(): Promise<Blob | undefined> {
  const file = templateFile();
  if (file === undefined) return undefined;
  return (await readTemplate(file)) ?? (await makeTemplate(file));
}

/** Where a fresh PGlite of this version would be; `undefined` where the package is not found as files. */
function templateFile(): string | undefined {
  const places = require.resolve.paths('@electric-sql/pglite') ?? [];
  const nodeModules = places.find((place) => existsSync(manifestIn(place)));
  if (nodeModules === undefined) return undefined;
  const { version } = JSON.parse(readFileSync(manifestIn(nodeModules), 'utf8')) as {
    readonly version: string;
  };
  return path.join(nodeModules, '.cache/forge-registry', `pglite-${version}.tar`);
}

function manifestIn(nodeModules: string): string {
  return path.join(nodeModules, '@electric-sql/pglite/package.json');
}

async function readTemplate(file: string): Promise<Blob | undefined> {
  try {
    return new Blob([await readFile(file)]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeTemplate(file: string): Promise<Blob | undefined> {
  if (!(await canMakeDirectory(path.dirname(file)))) return undefined;
  const db = await PGlite.create();
  const template = await db.dumpDataDir('none');
  await db.close();
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, new Uint8Array(await template.arrayBuffer()));
  await rename(temporary, file);
  return template;
}

async function canMakeDirectory(directory: string): Promise<boolean> {
  try {
    await mkdir(directory, { recursive: true });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
    throw error;
  }
}
