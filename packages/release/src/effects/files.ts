import {
  appendFileSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Copies files, keeping symlinks and modes. Files that are listed but gone (deleted, not committed) are left out. */
export async function copyFiles(from: string, to: string, files: readonly string[]): Promise<void> {
  for (const directory of new Set(files.map((file) => dirname(join(to, file)))))
    mkdirSync(directory, { recursive: true });
  const width = 32;
  for (let at = 0; at < files.length; at += width)
    await Promise.all(
      files.slice(at, at + width).map((file) => copyOne(join(from, file), join(to, file))),
    );
}

async function copyOne(source: string, target: string): Promise<void> {
  const stat = lstatSync(source, { throwIfNoEntry: false });
  if (!stat || stat.isDirectory()) return;
  if (stat.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
  // Costs nothing where the file system can share blocks.
  else await copyFile(source, target, constants.COPYFILE_FICLONE);
}

/** Links directories of one tree into another, where they exist and nothing stands in their place. */
export function linkDirectories(from: string, to: string, directories: readonly string[]): void {
  for (const directory of directories) {
    const [source, target] = [join(from, directory), join(to, directory)];
    const wanted = statSync(source, { throwIfNoEntry: false })?.isDirectory();
    if (wanted && !lstatSync(target, { throwIfNoEntry: false })) symlinkSync(source, target, 'dir');
  }
}

/** The bytes of a file, or undefined when there is none. */
export function readIfPresent(path: string): Uint8Array | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined;
}

export function readBytes(path: string): Uint8Array {
  return readFileSync(path);
}

/** Appends to a file, making its directory; what is on disk before stays as it is. */
export function appendText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, text);
}

export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Names of the files directly in a directory, sorted; none where there is no directory. */
export function listDirectory(path: string): readonly string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
}
