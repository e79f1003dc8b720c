import { crc32, inflateRawSync } from 'node:zlib';
import { ForgeError } from '../errors';
import type { ArtifactMember } from '../model/artifact';
import { all, fail, ok, type Result } from '../model/result';
import { withoutSlashes } from './member-path';
import { unpackedLimit } from './unpacked-limit';
import { zipDirectory, type ZipEntry } from './zip-directory';
import { broken, isEncrypted, packedContents } from './zip-local-headers';

const fileType = 0o170000;
const symlink = 0o120000;

/** What a zip unpacks to. FORGE-R001 for what is none, FORGE-R007 for more than `maxBytes`. */
export function zipMembers(bytes: Uint8Array, maxBytes: number): Result<readonly ArtifactMember[]> {
  const directory = zipDirectory(bytes);
  if (!directory.ok) return directory;
  const { entries } = directory.value;
  const unpacked = entries.reduce((total, each) => total + each.unpackedBytes, 0);
  const most = unpackedLimit(bytes.length, maxBytes);
  if (unpacked > most) {
    const what = `the archive unpacks to more than ${most} bytes`;
    return fail(new ForgeError('FORGE-R007', { what }));
  }
  const contents = packedContents(bytes, directory.value);
  if (!contents.ok) return contents;
  return all(contents.value.map(([entry, packed]) => memberOf(entry, packed)));
}

function memberOf(entry: ZipEntry, packed: Buffer): Result<ArtifactMember> {
  const { name, mode } = entry;
  const content = contentOf(entry, packed);
  if (!content.ok) return content;
  if ((mode & fileType) === symlink) {
    const target = Buffer.from(content.value).toString('utf8');
    return ok({ path: name, type: 'symlink', target, content: new Uint8Array() });
  }
  const type = name.endsWith('/') ? 'directory' : 'file';
  return ok({ path: withoutSlashes(name), type, content: content.value });
}

function contentOf(entry: ZipEntry, packed: Buffer): Result<Uint8Array> {
  const { name } = entry;
  if (entry.flags & isEncrypted) return broken(name, 'it is encrypted');
  const content = inflate(packed, entry);
  if (!content.ok) return content;
  if (content.value.length !== entry.unpackedBytes) return broken(name, 'its size is wrong');
  if (crc32(content.value) !== entry.checksum) return broken(name, 'its checksum is wrong');
  return content;
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
