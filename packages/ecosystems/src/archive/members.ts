import { crc32, inflateRawSync } from 'node:zlib';
import { ForgeError } from '../errors';
import type { ArtifactMember, UnpackedArtifact } from '../model/artifact';
import { all, fail, ok, type Result } from '../model/result';
import { gunzip } from './gzip';
import { readTar, type TarEntry } from './tar';
import { unpackedLimit } from './unpacked-limit';
import { zipDirectory, type ZipEntry } from './zip-directory';

/** What a tar unpacks to. */
export function tarMembers(entries: readonly TarEntry[]): ArtifactMember[] {
  return entries.map(({ name, type, linkname, content }) => ({
    path: name,
    type: type === 'other' && linkname !== undefined ? 'hardlink' : type,
    ...(linkname !== undefined && { target: linkname }),
    content,
  }));
}

/**
 * What a gzipped tar unpacks to, below the directory that its first member lies in. FORGE-A003, with the name of the
 * file, for what is none.
 */
export function unpackTarGz(
  filename: string,
  bytes: Uint8Array,
  maxBytes: number,
): Result<UnpackedArtifact> {
  const tar = gunzip(bytes, maxBytes);
  const entries = tar.ok ? readTar(tar.value) : tar;
  if (!entries.ok) return unreadable(filename, entries.problems);
  const members = tarMembers(entries.value);
  const [first] = members;
  const top = first && (first.type === 'directory' || first.path.includes('/')) ? first.path : '';
  return ok({ top: top.split('/')[0] ?? '', members });
}

/** FORGE-A003 for an artifact of ours that cannot be opened, whatever the reason. */
export function unreadable(filename: string, problems: readonly ForgeError[]): Result<never> {
  const why = problems.map(({ what }) => what).join('; ');
  const what = `\`${filename}\` cannot be opened: ${why}`;
  return fail(new ForgeError('FORGE-A003', { what }));
}

const fileType = 0o170000;
const symlink = 0o120000;
const localHeaderBytes = 30;
const localMark = 0x04034b50;
const encrypted = 1;

/** What a zip unpacks to. FORGE-R001 for what is none, FORGE-R007 for more than `maxBytes`. */
export function zipMembers(bytes: Uint8Array, maxBytes: number): Result<readonly ArtifactMember[]> {
  const directory = zipDirectory(bytes);
  if (!directory.ok) return directory;
  const unpacked = directory.value.reduce((total, each) => total + each.unpackedBytes, 0);
  const most = unpackedLimit(bytes.length, maxBytes);
  if (unpacked > most) {
    const what = `the archive unpacks to more than ${most} bytes`;
    return fail(new ForgeError('FORGE-R007', { what }));
  }
  return all(directory.value.map((entry) => memberOf(bytes, entry)));
}

function memberOf(bytes: Uint8Array, entry: ZipEntry): Result<ArtifactMember> {
  const { name, mode } = entry;
  const content = contentOf(bytes, entry);
  if (!content.ok) return content;
  if ((mode & fileType) === symlink) {
    const target = Buffer.from(content.value).toString('utf8');
    return ok({ path: name, type: 'symlink', target, content: new Uint8Array() });
  }
  const type = name.endsWith('/') ? 'directory' : 'file';
  return ok({ path: name.replace(/\/+$/, ''), type, content: content.value });
}

/** Sizes are those of the central directory: a local header may leave them open. */
function contentOf(bytes: Uint8Array, entry: ZipEntry): Result<Uint8Array> {
  const { name } = entry;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packed = packedOf(view, entry);
  if (!packed.ok) return packed;
  const content = inflate(packed.value, entry);
  if (!content.ok) return content;
  if (content.value.length !== entry.unpackedBytes) return broken(name, 'its size is wrong');
  if (crc32(content.value) !== entry.checksum) return broken(name, 'its checksum is wrong');
  return content;
}

/** Some tools unpack by the local headers, so these must say the same. */
function packedOf(view: Buffer, { name, offset, packedBytes, flags }: ZipEntry): Result<Buffer> {
  const names = offset + localHeaderBytes;
  if (names > view.length) return broken(name, 'it lies beyond the end');
  const nameEnd = names + view.readUInt16LE(offset + 26);
  const start = nameEnd + view.readUInt16LE(offset + 28);
  if (start + packedBytes > view.length) return broken(name, 'it lies beyond the end');
  if (view.readUInt32LE(offset) !== localMark || view.toString('utf8', names, nameEnd) !== name)
    return broken(name, 'its local header is another one');
  if (flags & encrypted) return broken(name, 'it is encrypted');
  return ok(view.subarray(start, start + packedBytes));
}

function inflate(packed: Buffer, { name, method, unpackedBytes }: ZipEntry): Result<Uint8Array> {
  if (method === 0) return ok(packed);
  if (method !== 8) return broken(name, `it is packed by method ${method}`);
  try {
    return ok(inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) }));
  } catch (error) {
    return broken(name, (error as Error).message);
  }
}

function broken(name: string, why: string): Result<never> {
  const what = `\`${name}\` in the archive cannot be unpacked: ${why}`;
  return fail(new ForgeError('FORGE-R001', { what }));
}
