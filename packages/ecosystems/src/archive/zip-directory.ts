import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model/result';

/** An entry of the central directory of a zip archive, which is what tools unpack by. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** General purpose bits; the first says that the content is encrypted. */
  readonly flags: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Offset of the local header. */
  readonly offset: number;
  /** File type and permissions as Unix has them; 0 where another system wrote the archive. */
  readonly mode: number;
}

const endMark = 0x06054b50;
const largeEndMark = 0x07064b50;
const largeEndBytes = 20;
const entryMark = 0x02014b50;
const endBytes = 22;
const entryBytes = 46;
const longestComment = 0xffff;
const unix = 3;

export interface ZipDirectory {
  /** In order, duplicates included. */
  readonly entries: readonly ZipEntry[];
  /** Where the directory begins, and what is packed ends. */
  readonly offset: number;
}

/** FORGE-R001 for what is no zip, or goes on behind its end; zip64 is not read. */
export function zipDirectory(bytes: Uint8Array): Result<ZipDirectory> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return malformed('it has no central directory');
  if (isLarge(view, end)) return malformed('it is a zip64 archive');
  const count = view.readUInt16LE(end + 10);
  const offset = view.readUInt32LE(end + 16);
  if (end + sum(view, end + 20) + endBytes !== view.length)
    return malformed('something stands behind its end');
  if (!isWhole(view, end)) return malformed('its end says something else than its directory');
  const entries: ZipEntry[] = [];
  let at = offset;
  for (let index = 0; index < count; index++) {
    if (at + entryBytes > view.length || view.readUInt32LE(at) !== entryMark)
      return malformed('its central directory is cut off');
    entries.push(entryAt(view, at));
    at += entryBytes + sum(view, at + 28, at + 30, at + 32);
  }
  if (at !== end) return malformed('its central directory does not reach its end');
  return ok({ entries, offset });
}

/** The last record of the file, in front of a comment. */
function findEnd(view: Buffer): number | undefined {
  const first = Math.max(0, view.length - endBytes - longestComment);
  for (let at = view.length - endBytes; at >= first; at--)
    if (view.readUInt32LE(at) === endMark) return at;
  return undefined;
}

/** Python 3.11 looks for the record of zip64 in front of the end, whether this sends it there or not. */
function isLarge(view: Buffer, end: number): boolean {
  const before = end - largeEndBytes;
  const isMarked = before >= 0 && view.readUInt32LE(before) === largeEndMark;
  const isSent = [12, 16].some((at) => view.readUInt32LE(end + at) === 0xffffffff);
  return isMarked || isSent || view.readUInt16LE(end + 10) === 0xffff;
}

/**
 * Whether all of the directory is in this one file, and begins where the end says: some tools look there, and some count
 * back from the end by the size of the directory (zipfile of Python 3.11).
 */
function isWhole(view: Buffer, end: number): boolean {
  const [disk, diskOfDirectory, here, all] = [4, 6, 8, 10].map((at) => view.readUInt16LE(end + at));
  const [size = 0, offset = 0] = [12, 16].map((at) => view.readUInt32LE(end + at));
  return disk === 0 && diskOfDirectory === 0 && here === all && size === end - offset;
}

function entryAt(view: Buffer, at: number): ZipEntry {
  const nameStart = at + entryBytes;
  return {
    name: view.toString('utf8', nameStart, nameStart + view.readUInt16LE(at + 28)),
    method: view.readUInt16LE(at + 10),
    flags: view.readUInt16LE(at + 8),
    checksum: view.readUInt32LE(at + 16),
    packedBytes: view.readUInt32LE(at + 20),
    unpackedBytes: view.readUInt32LE(at + 24),
    offset: view.readUInt32LE(at + 42),
    mode: view.readUInt8(at + 5) === unix ? view.readUInt16LE(at + 40) : 0,
  };
}

/** Lengths of name, extra field and comment. */
function sum(view: Buffer, ...offsets: readonly number[]): number {
  return offsets.reduce((total, offset) => total + view.readUInt16LE(offset), 0);
}

function malformed(why: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what: `the archive is no usable zip file: ${why}` }));
}
