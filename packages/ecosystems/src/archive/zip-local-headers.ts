import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model/result';
import type { ZipDirectory, ZipEntry } from './zip-directory';

const headerBytes = 30;
const mark = 0x04034b50;
export const isEncrypted = 1;
/** Checksum and sizes stand behind the content: the packer did not know them before. */
const isFollowed = 1 << 3;
const followerMark = 0x08074b50;

/**
 * What is packed of each entry, in the order of the directory. Some tools unpack by the directory and some by the local
 * headers, one behind the other: so these must say the same, and there must be nothing in front of them, between them
 * or behind them. FORGE-R001
 */
export function packedContents(
  bytes: Uint8Array,
  { entries, offset }: ZipDirectory,
): Result<readonly (readonly [ZipEntry, Buffer])[]> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  if ((inOrder[0]?.offset ?? offset) !== 0) return broken('the first member', notAlone);
  const contents = new Map<ZipEntry, Buffer>();
  for (const [index, entry] of inOrder.entries()) {
    const content = contentAt(view, entry);
    if (!content.ok) return content;
    const end = content.value.byteOffset - view.byteOffset + entry.packedBytes;
    const next = inOrder[index + 1]?.offset ?? offset;
    const between = view.subarray(end, Math.max(end, next));
    if (end > next || !followersOf(entry).some((each) => each.equals(between)))
      return broken(entry.name, notAlone);
    contents.set(entry, content.value);
  }
  return ok(entries.map((entry) => [entry, contents.get(entry) ?? view.subarray(0, 0)] as const));
}

const notAlone = 'what stands next to it is in no directory';

/** FORGE-R001 for one member. */
export function broken(name: string, why: string): Result<never> {
  const what = `\`${name}\` in the archive cannot be unpacked: ${why}`;
  return fail(new ForgeError('FORGE-R001', { what }));
}

function contentAt(view: Buffer, entry: ZipEntry): Result<Buffer> {
  const { name, offset, packedBytes } = entry;
  const names = offset + headerBytes;
  if (names > view.length) return broken(name, 'it lies beyond the end');
  const nameEnd = names + view.readUInt16LE(offset + 26);
  const start = nameEnd + view.readUInt16LE(offset + 28);
  if (start + packedBytes > view.length) return broken(name, 'it lies beyond the end');
  if (view.toString('utf8', names, nameEnd) !== name || !saysTheSame(view, entry))
    return broken(name, 'its local header is another one');
  return ok(view.subarray(start, start + packedBytes));
}

function saysTheSame(view: Buffer, entry: ZipEntry): boolean {
  const { offset, flags, method, checksum, packedBytes, unpackedBytes } = entry;
  if (view.readUInt32LE(offset) !== mark) return false;
  const differing = view.readUInt16LE(offset + 6) ^ flags;
  if (differing & (isEncrypted | isFollowed) || view.readUInt16LE(offset + 8) !== method)
    return false;
  const told = [14, 18, 22].map((field) => view.readUInt32LE(offset + field));
  const known = [checksum, packedBytes, unpackedBytes];
  // Where they follow, a packer leaves them open here, or has written them afterwards.
  const isOpen = (flags & isFollowed) !== 0;
  return told.every((value, index) => value === known[index] || (isOpen && value === 0));
}

/**
 * What may stand behind the content: nothing, or checksum and sizes, with or without a mark of their own, and with sizes
 * of eight bytes where a packer always writes these.
 */
function followersOf({ flags, checksum, packedBytes, unpackedBytes }: ZipEntry): Buffer[] {
  if ((flags & isFollowed) === 0) return [Buffer.alloc(0)];
  const plain = [4, 8].map((width) =>
    Buffer.concat([field(checksum, 4), field(packedBytes, width), field(unpackedBytes, width)]),
  );
  return [...plain, ...plain.map((each) => Buffer.concat([field(followerMark, 4), each]))];
}

function field(value: number, width: number): Buffer {
  const bytes = Buffer.alloc(width);
  bytes.writeUInt32LE(value);
  return bytes;
}
