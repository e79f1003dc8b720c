import { sign } from 'node:crypto';
import { gzip } from '../../../archive';
import type { Notice, StoredPackage, StoredVersion } from '../../../model';
import { reasonNumber } from '../retirement';
import { packageFacts } from '../stored';
import { message, packed } from './protobuf';

/** Name of the public repository, which every client has; a mirror of it signs under this name too. */
export const publicRepository = 'hexpm';

/**
 * Documents of the repository (hex_core 0.19, `proto/*.proto`). Each says the name of the repository, inside
 * the signature: a client refuses a document that names another one than it was asked for.
 */
export function packageDocument(
  found: StoredPackage,
  repository: string,
  privateKey: string,
): Uint8Array {
  const releases = found.versions.map((version) => release(version));
  return signed(message([1, releases], [2, found.name], [3, repository]), privateKey);
}

export function namesDocument(
  packages: readonly StoredPackage[],
  repository: string,
  privateKey: string,
): Uint8Array {
  const names = packages.map(({ name, versions }) => {
    const times = versions.map(({ publishedAt }) => Date.parse(publishedAt));
    return message([1, name], [3, timestamp(Math.max(0, ...times))]);
  });
  return signed(message([1, names], [2, repository]), privateKey);
}

export function versionsDocument(
  packages: readonly StoredPackage[],
  repository: string,
  privateKey: string,
): Uint8Array {
  const entries = packages.map(({ name, versions }) => {
    const retired = versions.flatMap(({ yanked }, index) => (yanked ? [index] : []));
    return message([1, name], [2, versions.map(({ version }) => version)], [3, packed(retired)]);
  });
  return signed(message([1, entries], [2, repository]), privateKey);
}

function release(stored: StoredVersion): Uint8Array {
  const { requirements, innerChecksum } = packageFacts(stored.metadata);
  const dependencies = requirements.map(({ name, app, requirement, optional }) =>
    // Field 5, the repository, is left out: dependencies then come from the same repository as the package.
    message([1, name], [2, requirement], [3, optional], [4, app === name ? undefined : app]),
  );
  return message(
    [1, stored.version],
    [2, Buffer.from(innerChecksum, 'hex')],
    [3, dependencies],
    [4, stored.yanked ? retirement(stored.notice) : undefined],
    [5, Buffer.from(stored.files[0]?.sha256 ?? '', 'hex')],
    [7, timestamp(Date.parse(stored.publishedAt))],
  );
}

function retirement(notice: Notice | undefined): Uint8Array {
  return message([1, reasonNumber(notice)], [2, notice?.message]);
}

function timestamp(milliseconds: number): Uint8Array {
  return message([1, Math.floor(milliseconds / 1000)]);
}

/** gzip(Signed{payload, RSA-SHA512 of the payload}). */
export function signed(payload: Uint8Array, privateKey: string): Uint8Array {
  const signature = sign('sha512', payload, privateKey);
  return gzip(message([1, payload], [2, signature]));
}
