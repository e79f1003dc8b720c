import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model';
import { withoutSlashes } from './member-path';
import { checksumOf, fields, headerBytes, isBlank, readNumber, readText } from './tar-header';

export { writeTar } from './tar-writer';

export interface TarEntry {
  /** With `/`; directories without a trailing one. As written otherwise: a leading `./` or `..` is the reader's to judge. */
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  /** Permission bits, for example 0o644. */
  readonly mode: number;
  readonly linkname?: string;
  readonly content: Uint8Array;
  /** Seconds since 1970; told when writing only. Default: 0. */
  readonly mtime?: number;
}

/** What extension headers say of the entry that follows them. */
interface Extension {
  readonly name?: string;
  readonly linkname?: string;
  readonly size?: number;
}

/**
 * Reads ustar, pax and GNU tar (long names) from bytes, in the order of the archive.
 * FORGE-R001 for a wrong checksum or an end in the middle of an entry.
 */
export function readTar(bytes: Uint8Array): Result<TarEntry[]> {
  const entries: TarEntry[] = [];
  let extension: Extension = {};
  for (let at = 0; at < bytes.length;) {
    if (at + headerBytes > bytes.length)
      return malformed(`ends in the middle of a header at ${at}`);
    const header = bytes.subarray(at, at + headerBytes);
    if (isBlank(header)) break;
    if (checksumOf(header) !== readNumber(header, fields.checksum))
      return malformed(`has no tar header at byte ${at}`);
    const type = String.fromCharCode(header[fields.type.start] ?? 0);
    const size = extension.size ?? readNumber(header, fields.size);
    const start = at + headerBytes;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > bytes.length)
      return malformed(`ends in the middle of the entry at byte ${at}`);
    const content = bytes.subarray(start, start + size);
    at = start + Math.ceil(size / headerBytes) * headerBytes;
    if (at > bytes.length) return malformed(`ends in the middle of the entry at byte ${start}`);
    const extended = extend(type, content, extension);
    if (!extended) entries.push(entryOf(header, type, content, extension));
    extension = extended ?? {};
  }
  return ok(entries);
}

function malformed(why: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what: `the archive ${why}` }));
}

/** The extension with what this header adds; undefined when the header is an entry of its own. */
function extend(type: string, content: Uint8Array, before: Extension): Extension | undefined {
  if (type === 'x') return { ...before, ...paxFields(content) };
  // A global header (git archive writes one, with the commit) says nothing that entries need.
  if (type === 'g') return before;
  if (type === 'L') return { ...before, name: readText(content) };
  if (type === 'K') return { ...before, linkname: readText(content) };
  return undefined;
}

const mostDigits = 15;

/** Records are `<length> <key>=<value>\n`, the length counting all of it in bytes. */
function paxFields(content: Uint8Array): Extension {
  const found = new Map<string, string>();
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(' ', at);
    if (space < 0 || space - at > mostDigits) break;
    const length = Number(bytes.toString('latin1', at, space));
    if (!(at + length > space)) break;
    const record = bytes.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    found.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  const [name, linkname, size] = ['path', 'linkpath', 'size'].map((key) => found.get(key));
  return {
    ...(name !== undefined && { name }),
    ...(linkname !== undefined && { linkname }),
    ...(size !== undefined && { size: Number(size) }),
  };
}

function entryOf(
  header: Uint8Array,
  type: string,
  content: Uint8Array,
  extension: Extension,
): TarEntry {
  const name = extension.name ?? headerName(header);
  const linkname = extension.linkname ?? readText(header, fields.linkname);
  return {
    name: withoutSlashes(name),
    type: typeOf(type, name),
    mode: readNumber(header, fields.mode) & 0o7777,
    ...(linkname !== '' && { linkname }),
    content,
  };
}

/** Only POSIX ustar (`ustar\0`) has a prefix; old GNU (`ustar  `) keeps times in its place. */
function headerName(header: Uint8Array): string {
  const name = readText(header, fields.name);
  const isUstar = Buffer.from(header).toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? readText(header, fields.prefix) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function typeOf(type: string, name: string): TarEntry['type'] {
  if (type === '5') return 'directory';
  if (type === '2') return 'symlink';
  // Before POSIX a directory was a file whose name ends with a slash; '7' is a contiguous file.
  if (type === '0' || type === '\0' || type === '7')
    return name.endsWith('/') ? 'directory' : 'file';
  return 'other';
}
