import { createHash } from 'node:crypto';
import type { Digest, DigestAlgorithm } from '../model';

const algorithms: readonly DigestAlgorithm[] = ['sha256', 'sha512', 'sha1', 'md5'];

/** Lower-case hex. */
export function digest(algorithm: DigestAlgorithm, bytes: Uint8Array | string): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

/** By all four algorithms that registries ask for. */
export function digestsOf(bytes: Uint8Array): Digest[] {
  return algorithms.map((algorithm) => ({ algorithm, value: digest(algorithm, bytes) }));
}
