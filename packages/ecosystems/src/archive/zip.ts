import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model';

const defaultMaxBytes = 1024 ** 3;

/** Files by name, directories left out. FORGE-R001 for what is no zip, FORGE-R007 for what unpacks to more than `maxBytes`. */
export function readZip(
  bytes: Uint8Array,
  maxBytes: number = defaultMaxBytes,
): Result<Map<string, Uint8Array>> {
  // Loaded on first use: only one kind of artifact is a zip.
  const { unzipSync } = require('fflate') as typeof import('fflate');
  let unpackedBytes = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpackedBytes += originalSize;
        return !name.endsWith('/') && unpackedBytes <= maxBytes;
      },
    });
    if (unpackedBytes > maxBytes) return fail(tooLarge(maxBytes));
    return ok(new Map(Object.entries(files)));
  } catch (error) {
    const what = `the archive is no zip file: ${(error as Error).message}`;
    return fail(new ForgeError('FORGE-R001', { what }));
  }
}

function tooLarge(maxBytes: number): ForgeError {
  return new ForgeError('FORGE-R007', {
    what: `the archive unpacks to more than ${maxBytes} bytes`,
  });
}
