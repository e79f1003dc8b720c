import { Readable } from 'node:stream';
import type { Blobs } from './blobs';

export function blobsInMemory(): Blobs {
  const blobs = new Map<string, Uint8Array>();
  const get = (sha256: string) => {
    const bytes = blobs.get(sha256);
    if (bytes === undefined) throw new Error(`no blob ${sha256}`);
    return bytes;
  };
  return {
    async put(sha256, bytes) {
      if (!blobs.has(sha256)) blobs.set(sha256, Uint8Array.from(bytes));
    },
    get,
    read(sha256, span) {
      const bytes = get(sha256);
      return Readable.from([Buffer.from(span ? bytes.subarray(span.start, span.end + 1) : bytes)]);
    },
    async delete(sha256) {
      blobs.delete(sha256);
    },
    // Nothing is cut off.
    deleteUnfinished: () => Promise.resolve(),
    async *list() {
      yield* blobs.keys();
    },
  };
}
