import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { isWholeImage, type ClusterImage } from './cluster-image';
import type { TemplatePlace } from './template-places';

/** A template that is kept there, whole, and by whom the place trusts. */
export async function readTemplate(
  { directory, isOurs }: TemplatePlace,
  name: string,
): Promise<ClusterImage | undefined> {
  const file = path.join(directory, name);
  const template = await ifPossible(() => readWhole(file, isOurs));
  const now = new Date();
  if (template) await ifPossible(() => utimes(file, now, now));
  return template;
}

/** No link, and nothing that has to be waited for. */
const readPlain = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readWhole(file: string, isOurs: boolean): Promise<ClusterImage | undefined> {
  const opened = await open(file, isOurs ? readPlain : constants.O_RDONLY);
  try {
    if (isOurs && !(await isWrittenByUsAlone(opened))) return undefined;
    const template = await opened.readFile();
    return isWholeImage(template) ? template : undefined;
  } finally {
    await opened.close();
  }
}

/** What a fresh database begins with, its users too, is not for others to say. */
async function isWrittenByUsAlone(opened: FileHandle): Promise<boolean> {
  const about = await opened.stat();
  if (!about.isFile()) return false;
  // Windows has no such numbers, and its users have folders of their own.
  if (process.getuid === undefined) return true;
  const isOpenToOthers = (about.mode & (constants.S_IWGRP | constants.S_IWOTH)) !== 0;
  return about.uid === process.getuid() && !isOpenToOthers;
}

/** Keeps a template; whether that was possible. It is there as a whole or not at all. */
export async function keepTemplate(
  { directory, isOurs }: TemplatePlace,
  name: string,
  template: ClusterImage,
): Promise<boolean> {
  const file = path.join(directory, name);
  const temporary = `${file}.${process.pid}`;
  const kept = await ifPossible(async () => {
    await makeDirectory(directory, isOurs ? 0o700 : 0o777);
    await writeSynced(temporary, template, isOurs ? 0o600 : 0o666);
    await rename(temporary, file);
    return true;
  });
  if (kept) await ifPossible(() => dropUnused(directory));
  else await ifPossible(() => rm(temporary, { force: true }));
  return kept ?? false;
}

/**
 * With the directory that it is in, and no more: the home of a user is not ours to make. Where it is an automounter's,
 * `mkdir` of node 20 with `recursive` tries for ever.
 */
async function makeDirectory(directory: string, mode: number): Promise<void> {
  for (const each of [path.dirname(directory), directory]) {
    try {
      await mkdir(each, mode);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

async function writeSynced(file: string, bytes: Uint8Array, mode: number): Promise<void> {
  await rm(file, { force: true });
  const opened = await open(file, 'wx', mode);
  try {
    await opened.writeFile(bytes);
    await opened.sync();
  } finally {
    await opened.close();
  }
}

const unusedAfterMs = 7 * 24 * 60 * 60 * 1000;

/** Templates of other schemas, 15 MB each, that nobody has opened for a week. */
async function dropUnused(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith('pglite-')) continue;
    const file = path.join(directory, name);
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > unusedAfterMs) await rm(file, { force: true });
  }
}

/** Not there, not allowed, no room, or tidied up by another process first. A template only saves time. */
const ordinary: ReadonlySet<string> = new Set(
  'ENOENT ENOTDIR EEXIST ELOOP EACCES EPERM EROFS ENOSPC EDQUOT'.split(' '),
);

async function ifPossible<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (ordinary.has(codeOf(error))) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
