/** Offsets of a tar header, POSIX.1-1988 (ustar). */
export const fields = {
  name: { start: 0, length: 100 },
  mode: { start: 100, length: 8 },
  uid: { start: 108, length: 8 },
  gid: { start: 116, length: 8 },
  size: { start: 124, length: 12 },
  mtime: { start: 136, length: 12 },
  checksum: { start: 148, length: 8 },
  type: { start: 156, length: 1 },
  linkname: { start: 157, length: 100 },
  magic: { start: 257, length: 8 },
  prefix: { start: 345, length: 155 },
} as const;

export interface Field {
  readonly start: number;
  readonly length: number;
}

/** Size of a header, and of the blocks that contents are padded to. */
export const headerBytes = 512;

export function isBlank(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** The sum of all bytes, those of the checksum itself counted as spaces. */
export function checksumOf(header: Uint8Array): number {
  const { start, length } = fields.checksum;
  return header.reduce(
    (sum, byte, index) => sum + (index >= start && index < start + length ? 0x20 : byte),
    0,
  );
}

/** Text up to the first NUL. */
export function readText(bytes: Uint8Array, field?: Field): string {
  const { start, length } = field ?? { start: 0, length: bytes.length };
  const text = Buffer.from(bytes).toString('utf8', start, start + length);
  return text.split('\0', 1)[0] ?? '';
}

/** Octal digits, or GNU's base 256 for large numbers; NaN for anything else. */
export function readNumber(header: Uint8Array, field: Field): number {
  const bytes = header.subarray(field.start, field.start + field.length);
  const first = bytes[0] ?? 0;
  if (first & 0x80) return bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
  const text = readText(bytes).trim();
  if (text === '') return 0;
  return /^[0-7]+$/.test(text) ? parseInt(text, 8) : NaN;
}
