import type { WireContext } from '@forge/ecosystems';
import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Secrets } from './secrets';

export type Keys = WireContext['keys'];

/** The server's RSA key pair, made once. */
export async function loadKeys(secrets: Secrets): Promise<Keys> {
  const rsaPrivate = await secrets.once('rsa-private.pem', generate);
  const rsaPublic = createPublicKey(rsaPrivate).export({ type: 'spki', format: 'pem' }).toString();
  return { rsaPrivate, rsaPublic };
}

async function generate(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
