import { gunzipSync, gzipSync } from 'node:zlib';
import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model';
import { unpackedLimit } from './unpacked-limit';

const osByte = 9;
const unknownOs = 255;

/** Deterministic: no name, mtime 0, and the same OS byte on every platform (RFC 1952, section 2.3.1). */
export function gzip(bytes: Uint8Array): Uint8Array {
  const packed = gzipSync(bytes, { level: 9 });
  packed[osByte] = unknownOs;
  return packed;
}

/** FORGE-R001 for what is no gzip, FORGE-R007 for what unpacks to more than `maxBytes`, or is a bomb. */
export function gunzip(bytes: Uint8Array, maxBytes: number): Result<Uint8Array> {
  const most = unpackedLimit(bytes.length, maxBytes);
  try {
    return ok(gunzipSync(bytes, { maxOutputLength: most }));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      const what = `the archive unpacks to more than ${most} bytes`;
      return fail(new ForgeError('FORGE-R007', { what }));
    }
    return fail(new ForgeError('FORGE-R001', { what: `the archive is no gzip file: ${message}` }));
  }
}
