/** An entry of a tar in which everything may be wrong. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** The type flag; `0` is a file. */
  readonly type?: string;
  readonly linkname?: string;
  /** Takes the place of the octal size, as it is. */
  readonly size?: string | Uint8Array;
  readonly checksum?: string;
}

const block = 512;

/** A tar of exactly these entries, without a look at what they say. */
export function rawTar(entries: readonly RawEntry[], end = 2 * block): Uint8Array {
  return Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(end)]);
}

function blocksOf(entry: RawEntry): Buffer[] {
  const { name, content = '', type = '0', linkname = '', checksum } = entry;
  const body = Buffer.from(content);
  const header = Buffer.alloc(block);
  const put = (text: string | Uint8Array, at: number, most: number) =>
    Buffer.from(text).subarray(0, most).copy(header, at);
  put(name, 0, 100);
  put('0000644\0', 100, 8);
  put('0000000\0', 108, 8);
  put('0000000\0', 116, 8);
  put(entry.size ?? `${body.length.toString(8).padStart(11, '0')}\0`, 124, 12);
  put('00000000000\0', 136, 12);
  put('        ', 148, 8);
  put(type, 156, 1);
  put(linkname, 157, 100);
  put('ustar\x0000', 257, 8);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  const rest = body.length % block;
  return [header, body, Buffer.alloc(rest === 0 ? 0 : block - rest)];
}

/** A pax header for the entry behind it. */
export function pax(key: string, value: string): RawEntry {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  length = bytes + String(length).length;
  return { name: 'PaxHeader', type: 'x', content: `${length}${rest}` };
}

/** A long name as GNU tar writes it, for the entry behind it. */
export function gnuName(name: string): RawEntry {
  return { name: '././@LongLink', type: 'L', content: `${name}\0` };
}
