const alwaysFine = 64 * 1024 ** 2;
const mostForEach = 50;

/**
 * How many bytes an archive may unpack to: what is asked for, and beyond 64 MiB at most 50 for each of its own, so that
 * few bytes never take much memory. A public registry draws the line there, too (warehouse, `COMPRESSION_RATIO_THRESHOLD`).
 */
export function unpackedLimit(packedBytes: number, maxBytes: number): number {
  return Math.min(maxBytes, Math.max(alwaysFine, mostForEach * packedBytes));
}
