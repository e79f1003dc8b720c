import { createPublicKey, sign } from 'node:crypto';
import { digest } from '../../../archive';
import type { WireContext, WireKeys, WireRequest, WireResponse, WireRoute } from '../../../model';
import { notFound } from './answer';

/**
 * A client believes one key for each repository, and nothing in the protocol leads it to another (Hex 2.5): after a
 * rotation it refuses every document until a person gives it the new one. So that this person need not believe the
 * connection, each key that this registry ever had signs the newest: who holds an old one can check the new one by it.
 */
export function publicKeyRoutes(base: string): readonly WireRoute[] {
  const path = `${base}/public_key`;
  const shared = { kind: 'static', method: 'GET', isOpen: true } as const;
  return [
    {
      ...shared,
      path,
      respond: (_: WireRequest, { keys }: WireContext) =>
        file('application/x-pem-file', keys.rsaPublic),
    },
    { ...shared, path: `${path}/signed-by/:sha256`, respond: signature },
  ];
}

/** RSA-SHA512 over the newest public key, by the key whose file, as it was served here, has this sha256. */
function signature(request: WireRequest, { keys }: WireContext): WireResponse {
  const asked = (request.params['sha256'] ?? '').toLowerCase();
  const signer = everyKey(keys).find((key) => digest('sha256', publicHalf(key)) === asked);
  if (signer === undefined) return notFound(request);
  return file('application/octet-stream', sign('sha512', Buffer.from(keys.rsaPublic), signer));
}

function everyKey({ rsaPrivate, previous = [] }: WireKeys): readonly string[] {
  return [...previous, rsaPrivate];
}

/** As it stands below `/public_key` while the key signs. */
function publicHalf(privateKey: string): Buffer {
  return Buffer.from(createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
}

function file(contentType: string, body: Uint8Array | string): WireResponse {
  return { status: 200, headers: { 'content-type': contentType }, body };
}
