import type { Digest, DigestAlgorithm, StoredFile, WireUpload } from '@forge/ecosystems';
import { createHash } from 'node:crypto';

const algorithms: readonly DigestAlgorithm[] = ['sha256', 'sha512', 'sha1', 'md5'];

/** A file on its way in: its bytes and all that is known of them. */
export interface ReceivedFile extends StoredFile {
  readonly bytes: Uint8Array;
}

export function receiveFiles({ files }: WireUpload): readonly ReceivedFile[] {
  return files.map(({ filename, bytes }) => receiveFile(filename, bytes));
}

export function receiveFile(filename: string, bytes: Uint8Array): ReceivedFile {
  const digests = algorithms.map((algorithm) => digestOf(algorithm, bytes));
  const sha256 = digests[0]?.value ?? '';
  return { filename, bytes, size: bytes.byteLength, sha256, digests };
}

function digestOf(algorithm: DigestAlgorithm, bytes: Uint8Array): Digest {
  return { algorithm, value: createHash(algorithm).update(bytes).digest('hex') };
}
