import { hkdfSync } from 'node:crypto';
import type { Keys } from '../store';

/**
 * The key that signs sessions (HS256, 256 bits): derived from the secret that was given, else from the private key of
 * the server, which stays over restarts and is the same for all servers over one database.
 */
export function sessionKey({ rsaPrivate }: Keys, secret: string | undefined): Uint8Array {
  return derive(secret || rsaPrivate, 'forge-registry sessions');
}

/** What signs the challenges of HTTP Digest, so that each of several servers takes the answer to any of them. */
export function nonceKey({ rsaPrivate }: Keys): Uint8Array {
  return derive(rsaPrivate, 'forge-registry nonces');
}

function derive(from: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', from, '', purpose, 32));
}
