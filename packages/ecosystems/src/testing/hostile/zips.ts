import { zipSync } from 'fflate';
import { crc32, deflateRawSync } from 'node:zlib';
import { changed, bombBytes } from './gzips';
import type { HostileBytes } from './hostile-upload';

type Members = Readonly<Record<string, string>>;

let zeros: Uint8Array | undefined;

const directoryHeaderBytes = 46;
const deflated = 8;
const entryMark = Buffer.from('PK\x01\x02', 'latin1');
const endMark = Buffer.from('PK\x05\x06', 'latin1');

/** Zip archives that no installer may unpack. `manifest` is a member without which it is no package. */
export function hostileZips(
  members: Members,
  manifest: string,
  random: () => number,
): HostileBytes[] {
  const whole = zipOf(members);
  const cuts = Array.from({ length: 12 }, () => Math.floor(random() * (whole.length - 23)));
  return [
    ...outside(members),
    ...twice(members, manifest),
    ...lies(whole),
    ...unlisted(whole),
    ...links(members),
    ...[...new Set(cuts)].map((at) => ({
      what: `a zip cut at ${at}`,
      bytes: whole.subarray(0, at),
    })),
    { what: 'a zip without members', bytes: zipOf({}) },
    { what: 'a zip without its metadata', bytes: zipOf(without(members, manifest)) },
    { what: 'a zip with empty metadata', bytes: zipOf({ ...members, [manifest]: '' }) },
    {
      what: 'a zip with metadata of NULs',
      bytes: zipOf({ ...members, [manifest]: '\0'.repeat(300) }),
    },
    { what: 'a zip in a zip', bytes: zipSync({ 'inner.whl': whole }) },
    { what: 'a zip bomb', bytes: bomb(members) },
  ];
}

function zipOf(members: Members): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(members).map(([name, text]) => [name, Buffer.from(text)])),
    { mtime: '2020-01-01' },
  );
}

function without(members: Members, name: string): Members {
  return Object.fromEntries(Object.entries(members).filter(([each]) => each !== name));
}

function bomb(members: Members): Uint8Array {
  return (zeros ??= zipWithZeros(members));
}

/** Deflated by zlib and put in as it is, with what the headers say of it written over: fflate takes a second for it. */
function zipWithZeros(members: Members): Uint8Array {
  const content = Buffer.alloc(bombBytes);
  const stored = [deflateRawSync(content), { level: 0 }] as const;
  const zip = Buffer.from(zipSync({ ...binary(members), zeros: [...stored] }));
  const entry = zip.lastIndexOf('zeros') - directoryHeaderBytes;
  const local = zip.readUInt32LE(entry + 42);
  // A header of the directory has one field more in front of these.
  for (const fields of [local + 8, entry + 10]) {
    zip.writeUInt16LE(deflated, fields);
    zip.writeUInt32LE(crc32(content), fields + 6);
    zip.writeUInt32LE(bombBytes, fields + 14);
  }
  return zip;
}

function binary(members: Members): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(members).map(([name, text]) => [name, Buffer.from(text)]),
  );
}

function outside(members: Members): HostileBytes[] {
  const long = [`${'a/'.repeat(30_000)}x`, `a${'/'.repeat(60_000)}x`];
  const names = [
    ...long,
    '../escape',
    'a/../../escape',
    '/etc/passwd',
    '..',
    '..\\escape',
    'C:\\x',
    'C:/x',
  ];
  return names.map((name) => ({
    what: `a zip with \`${name}\``,
    bytes: zipOf({ ...members, [name]: 'x' }),
  }));
}

/** Names of one length are exchanged, in the local headers and in the directory. */
function twice(members: Members, manifest: string): HostileBytes[] {
  return [manifest, ...Object.keys(without(members, manifest)).slice(0, 1)].map((name) => {
    const stand = name.replace(/./g, 'Z');
    const whole = Buffer.from(zipOf({ ...members, [stand]: 'other' }));
    for (let at = whole.indexOf(stand); at >= 0; at = whole.indexOf(stand)) whole.write(name, at);
    return { what: `a zip with \`${name}\` twice`, bytes: whole };
  });
}

/** The fields of the first entry of the directory, and of the end record. */
function lies(whole: Uint8Array): HostileBytes[] {
  const zip = Buffer.from(whole);
  const entry = zip.indexOf(entryMark);
  const end = zip.lastIndexOf(endMark);
  const patch = (what: string, at: number, bytes: readonly number[]): HostileBytes => {
    const copy = Buffer.from(zip);
    Buffer.from(bytes).copy(copy, at);
    return { what: `a zip with ${what}`, bytes: copy };
  };
  return [
    patch('a method that nobody knows', entry + 10, [99, 0]),
    patch('an encrypted member', entry + 8, [1, 0]),
    patch('a wrong checksum', entry + 16, [1, 2, 3, 4]),
    patch('a packed size beyond the end', entry + 20, [0xff, 0xff, 0xff, 0x7f]),
    patch('an unpacked size that is too small', entry + 24, [1, 0, 0, 0]),
    patch('an unpacked size of 2 GiB', entry + 24, [0, 0, 0, 0x80]),
    patch('a member beyond the end', entry + 42, [0xff, 0xff, 0xff, 0x7f]),
    patch('a directory beyond the end', end + 16, [0xff, 0xff, 0xff, 0x7f]),
    patch('a directory that ends elsewhere', end + 12, [20, 0, 0, 0]),
    patch('another count for its disk', end + 8, [0, 0]),
    patch('an end on another disk', end + 4, [1, 0]),
    patch('a directory on another disk', end + 6, [1, 0]),
    patch('more members than there are', end + 8, [9, 0, 9, 0]),
    patch('a directory that is no directory', end + 16, [0, 0, 0, 0]),
    { what: 'a zip with changed content', bytes: changed(whole, 60) },
  ];
}

/** What tools find that unpack one local header behind the other, and what others never see. */
function unlisted(whole: Uint8Array): HostileBytes[] {
  const zip = Buffer.from(whole);
  const secret = Buffer.from(zipSync({ 'evil.py': Buffer.from('x') }, { level: 0 }));
  const member = secret.subarray(0, secret.indexOf(entryMark));
  const start = zip.indexOf(entryMark);
  const end = zip.lastIndexOf(endMark);
  const behind = Buffer.concat([zip.subarray(0, start), member, zip.subarray(start)]);
  behind.writeUInt32LE(start + member.length, end + member.length + 16);
  const otherMethod = Buffer.from(zip);
  otherMethod.writeUInt16LE(zip.readUInt16LE(8) === 0 ? 8 : 0, 8);
  const otherSize = Buffer.from(zip);
  otherSize.writeUInt32LE(zip.readUInt32LE(22) + 1, 22);
  return [
    { what: 'a zip with a member in no directory', bytes: behind },
    { what: 'a zip with another method in a local header', bytes: otherMethod },
    { what: 'a zip with another size in a local header', bytes: otherSize },
    { what: 'a zip with something behind its end', bytes: Buffer.concat([zip, member]) },
    { what: 'a zip with something in front', bytes: Buffer.concat([member, zip]) },
    { what: 'a zip with a member in front', bytes: moved(zip, member) },
    { what: 'a zip with another directory in a comment', bytes: withLargeEnd(zip) },
  ];
}

/** Whole but for what stands in front: all offsets are moved. */
function moved(zip: Buffer, front: Buffer): Buffer {
  const bytes = Buffer.concat([front, zip]);
  const add = (at: number) => bytes.writeUInt32LE(bytes.readUInt32LE(at) + front.length, at);
  for (let at = bytes.indexOf(entryMark); at >= 0; at = bytes.indexOf(entryMark, at + 1))
    add(at + 42);
  add(bytes.lastIndexOf(endMark) + 16);
  return bytes;
}

/** The end of a zip64 archive, as the comment of the last member: some tools read it wherever it stands. */
function withLargeEnd(zip: Buffer): Buffer {
  const comment = Buffer.alloc(56 + 20);
  comment.write('PK\x06\x06', 0, 'latin1');
  comment.write('PK\x06\x07', 56, 'latin1');
  comment.writeUInt32LE(1, 56 + 16);
  const end = zip.lastIndexOf(endMark);
  const bytes = Buffer.concat([zip.subarray(0, end), comment, zip.subarray(end)]);
  bytes.writeUInt16LE(comment.length, bytes.lastIndexOf(entryMark) + 32);
  bytes.writeUInt32LE(zip.readUInt32LE(end + 12) + comment.length, end + comment.length + 12);
  return bytes;
}

function links(members: Members): HostileBytes[] {
  return ['/etc/passwd', '../../secret'].map((target) => {
    const attrs = 0o120777 * 2 ** 16;
    const bytes = zipSync({ ...binary(members), link: [Buffer.from(target), { os: 3, attrs }] });
    return { what: `a zip with a symlink to \`${target}\``, bytes };
  });
}
