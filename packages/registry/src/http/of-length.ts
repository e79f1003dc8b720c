import { pipeline, Transform, type Readable } from 'node:stream';

/**
 * The same bytes, with an error at the end where they are not as many as were announced: ended as usual, the client
 * would take the beginning of its next answer for the rest.
 */
export function ofLength(bytes: Readable, length: number): Readable {
  let left = length;
  const counted = new Transform({
    transform(chunk: Uint8Array, _, done) {
      left -= chunk.byteLength;
      done(left < 0 ? wrongLength(length) : null, chunk);
    },
    flush: (done) => done(left === 0 ? null : wrongLength(length)),
  });
  // Whoever reads is told of an error of either.
  return pipeline(bytes, counted, () => undefined);
}

export function wrongLength(length: number): Error {
  return new Error(`a blob has not the ${length} bytes that were announced`);
}
