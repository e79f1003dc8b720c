import type { Readable } from 'node:stream';

/** Byte positions, both inclusive, as HTTP counts them. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/** Bytes by their sha256. What is there is never changed; nothing refers to a blob before it is whole. */
export interface Blobs {
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  /** All of a small one: at once, where it is at hand. */
  get(sha256: string): Uint8Array | Promise<Uint8Array>;
  read(sha256: string, span?: ByteSpan): Readable;
  /** A success as well where it is not there. For `collect.ts`, which knows what nobody refers to. */
  delete(sha256: string): Promise<void>;
  /** What writes that were cut off before this moment left, where they leave anything. */
  deleteUnfinished(before: Date): Promise<void>;
  /** All that are there, in no order. */
  list(): AsyncIterable<string>;
}
