import type { WireContext } from '@forge/ecosystems';
import { createHash, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Secrets } from './secrets';

export type Keys = WireContext['keys'];

/** The server's RSA key pairs: the first is made at once, the newest signs. */
export async function loadKeys(secrets: Secrets): Promise<Keys> {
  await secrets.once(nameOf(1), generate);
  const kept = await privateKeys(secrets);
  const rsaPrivate = kept.at(-1) ?? '';
  const rsaPublic = createPublicKey(rsaPrivate).export({ type: 'spki', format: 'pem' }).toString();
  return { rsaPrivate, rsaPublic, previous: kept.slice(0, -1) };
}

/** Makes another key, by which the server signs from its next start. Answers how many there are now. */
export async function rotateKeys(secrets: Secrets): Promise<number> {
  await secrets.once(nameOf(1), generate);
  const count = (await privateKeys(secrets)).length + 1;
  await secrets.once(nameOf(count), generate);
  return count;
}

/**
 * SHA-256 over the key as SSH writes it (RFC 4253, 6.6): what `ssh-keygen -lf` prints, and clients compare with what a
 * person was told.
 */
export function fingerprintOf(rsaPublic: string): string {
  const { e = '', n = '' } = createPublicKey(rsaPublic).export({ format: 'jwk' });
  const parts = [Buffer.from('ssh-rsa'), ...[e, n].map((text) => mpint(text))];
  const written = Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]));
  return `SHA256:${createHash('sha256').update(written).digest('base64').replace(/=+$/, '')}`;
}

/** A positive number: with a zero in front where its first bit would make it a negative one. */
function mpint(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}

function lengthOf({ length }: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

function nameOf(generation: number): string {
  return generation === 1 ? 'rsa-private.pem' : `rsa-private-${generation}.pem`;
}

/** The oldest first. */
async function privateKeys(secrets: Secrets): Promise<readonly string[]> {
  const all = await secrets.all();
  const keys: string[] = [];
  for (let key = all[nameOf(1)]; key !== undefined; key = all[nameOf(keys.length + 1)])
    keys.push(key);
  return keys;
}

async function generate(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
