import { checksumOf, fields, headerBytes, type Field } from './tar-header';
import type { TarEntry } from './tar';

const typeFlags = { file: '0', directory: '5', symlink: '2', other: '0' } as const;

/**
 * A deterministic ustar archive: entries in the given order, mtime 0 unless they say one, uid and gid 0, no user names.
 * Names beyond ustar's 100 + 155 bytes get a pax header.
 */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const blocks = entries.flatMap(entryBlocks);
  return Buffer.concat([...blocks, Buffer.alloc(2 * headerBytes)]);
}

function entryBlocks(entry: TarEntry): Buffer[] {
  const name = entry.type === 'directory' ? `${entry.name}/` : entry.name;
  const split = splitName(name);
  const linkname = entry.linkname ?? '';
  const records = [
    ...(split ? [] : [paxRecord('path', name)]),
    ...(Buffer.byteLength(linkname) > fields.linkname.length
      ? [paxRecord('linkpath', linkname)]
      : []),
  ].join('');
  const content = entry.type === 'file' ? entry.content : new Uint8Array();
  const { base, prefix } = split ?? { base: cut(name, fields.name), prefix: '' };
  const header = headerBlock({
    name: base,
    prefix,
    mode: entry.mode,
    mtime: entry.mtime ?? 0,
    size: content.length,
    type: typeFlags[entry.type],
    linkname: cut(linkname, fields.linkname),
  });
  const pax = records === '' ? [] : paxBlocks(Buffer.from(records, 'utf8'));
  return [...pax, header, ...padded(content)];
}

/** ustar holds a long name as directory (at most 155 bytes) and rest (at most 100), split at a slash. */
function splitName(name: string): { base: string; prefix: string } | undefined {
  if (Buffer.byteLength(name) <= fields.name.length) return { base: name, prefix: '' };
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    const prefix = name.slice(0, slash);
    const base = name.slice(slash + 1);
    const fits =
      Buffer.byteLength(base) <= fields.name.length &&
      Buffer.byteLength(prefix) <= fields.prefix.length;
    if (fits && base !== '' && prefix !== '') return { base, prefix };
  }
  return undefined;
}

/** At most as many bytes as the field has; only for names that a pax record gives in full. */
function cut(text: string, { length }: Field): string {
  return Buffer.from(text)
    .toString('latin1')
    .slice(0, length)
    .replace(/[^\x20-\x7e]/g, '_');
}

function paxBlocks(records: Buffer): Buffer[] {
  const header = { name: 'PaxHeader', prefix: '', mode: 0o644, mtime: 0, type: 'x', linkname: '' };
  return [headerBlock({ ...header, size: records.length }), ...padded(records)];
}

/** The length at the front counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  length = bytes + String(length).length;
  return `${length}${rest}`;
}

function headerBlock(entry: {
  readonly name: string;
  readonly prefix: string;
  readonly mode: number;
  readonly mtime: number;
  readonly size: number;
  readonly type: string;
  readonly linkname: string;
}): Buffer {
  const block = Buffer.alloc(headerBytes);
  const put = (field: Field, text: string): number => block.write(text, field.start, 'utf8');
  const octal = (field: Field, value: number): number =>
    put(field, `${value.toString(8).padStart(field.length - 1, '0')}\0`);
  put(fields.name, entry.name);
  octal(fields.mode, entry.mode);
  octal(fields.uid, 0);
  octal(fields.gid, 0);
  octal(fields.size, entry.size);
  octal(fields.mtime, entry.mtime);
  put(fields.type, entry.type);
  put(fields.linkname, entry.linkname);
  put(fields.magic, 'ustar\x0000');
  put(fields.prefix, entry.prefix);
  put(fields.checksum, `${checksumOf(block).toString(8).padStart(6, '0')}\0 `);
  return block;
}

function padded(content: Uint8Array): Buffer[] {
  const rest = content.length % headerBytes;
  return [Buffer.from(content), ...(rest === 0 ? [] : [Buffer.alloc(headerBytes - rest)])];
}
