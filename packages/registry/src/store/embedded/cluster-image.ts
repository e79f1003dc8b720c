import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A cluster of PostgreSQL as one run of bytes: the length of a list, the list as JSON, and what is in the files. */
export type ClusterImage = Uint8Array;

/** With `/`, each directory before what is in it. */
export interface ClusterEntry {
  readonly path: string;
  /** Undefined for a directory. Part of the image, not a copy. */
  readonly content: Uint8Array | undefined;
}

interface Listed {
  readonly path: string;
  /** Undefined for a directory. */
  readonly size?: number;
}

const lengthBytes = 4;

/** The image of a cluster that nobody has open. */
export async function packCluster(directory: string): Promise<ClusterImage> {
  const listed: Listed[] = [];
  const contents: Uint8Array[] = [];
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  const places = found.map((entry) => [path.join(entry.parentPath, entry.name), entry] as const);
  for (const [place, entry] of places.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = path.relative(directory, place).split(path.sep).join('/');
    const content = entry.isFile() ? await readFile(place) : undefined;
    listed.push(content ? { path: name, size: content.length } : { path: name });
    if (content) contents.push(content);
  }
  const list = Buffer.from(JSON.stringify(listed));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(list.length);
  return Buffer.concat([length, list, ...contents]);
}

/** Whether bytes are an image, all of it and nothing else. */
export function isWholeImage(bytes: Uint8Array): boolean {
  if (bytes.byteLength < lengthBytes) return false;
  const { listed, end } = listOf(bytes);
  try {
    const files = JSON.parse(listed) as readonly Listed[];
    return files.reduce((at, { size = 0 }) => at + size, end) === bytes.byteLength;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function listOf(image: ClusterImage): { readonly listed: string; readonly end: number } {
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.byteLength);
  const end = lengthBytes + bytes.readUInt32LE();
  return { listed: bytes.toString('utf8', lengthBytes, end), end };
}

/** What is in an image. */
export function entriesOf(image: ClusterImage): readonly ClusterEntry[] {
  const { listed: text, end } = listOf(image);
  let at = end;
  const listed = JSON.parse(text) as readonly Listed[];
  return listed.map(({ path: name, size }) => {
    if (size === undefined) return { path: name, content: undefined };
    const content = image.subarray(at, at + size);
    at += size;
    return { path: name, content };
  });
}

/** Writes the cluster into a directory, which it makes. */
export async function writeCluster(image: ClusterImage, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const { path: name, content } of entriesOf(image)) {
    const place = path.join(directory, name);
    if (content) await writeFile(place, content, { mode: 0o600 });
    else await mkdir(place, { mode: 0o700 });
  }
}
