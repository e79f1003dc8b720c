import { recent } from '../recent';
import type { Blobs } from './blobs';

/** What `get` may be asked for; all else is to be streamed. */
export const smallBlob = 128 * 1024;

const mostBytes = 64 * 1024 * 1024;

/**
 * Keeps small blobs at hand that came or were asked for lately. For each of them a stream would go to the pool of
 * threads three times, which takes longer than all else of a download. Whether somebody may have a blob is decided
 * before, by the rows that refer to it; its bytes never change.
 */
export function blobsAtHand(blobs: Blobs): Blobs {
  const kept = recent<Uint8Array>(mostBytes, ({ byteLength }) => byteLength);
  const keep = (sha256: string, bytes: Uint8Array) => {
    // A copy of its own: a part of a larger buffer would keep all of that.
    if (bytes.byteLength <= smallBlob) kept.set(sha256, Uint8Array.from(bytes));
    return bytes;
  };
  return {
    ...blobs,
    async put(sha256, bytes) {
      await blobs.put(sha256, bytes);
      keep(sha256, bytes);
    },
    get(sha256) {
      const found = kept.get(sha256) ?? blobs.get(sha256);
      return found instanceof Uint8Array ? found : found.then((bytes) => keep(sha256, bytes));
    },
    delete(sha256) {
      kept.delete(sha256);
      return blobs.delete(sha256);
    },
  };
}
