import { createPrivateKey, createPublicKey, hkdfSync, sign, type KeyObject } from 'node:crypto';
import { digest } from '../../../archive';
import { canonical, type Signable } from './canonical-json';

/** The key that signs everything of the repository: one server has no place where another would be safer. */
export interface SigningKey {
  /** What clients put into `root-keys`. */
  readonly id: string;
  readonly described: Signable;
  sign(document: Signable): Signable;
}

/** A document with the signatures of some keys. */
export function signedBy(keys: readonly SigningKey[], document: Signable): string {
  return canonical({ signatures: keys.map((key) => key.sign(document)), signed: document });
}

/** PKCS#8 of an Ed25519 key up to the 32 bytes that it is made of (RFC 8410). */
const header = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Drawn from the key of the server, so that whoever keeps the one keeps the other, and a restored server signs as before. */
export function signingKey(serverKey: string): SigningKey {
  const seed = Buffer.from(
    hkdfSync('sha256', serverKey, '', 'forge-registry secure repository', 32),
  );
  const der = Buffer.concat([header, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const described = { keytype: 'ed25519', keyval: { public: rawPublic(privateKey) } };
  const id = digest('sha256', Buffer.from(canonical(described)));
  return {
    id,
    described,
    sign(document) {
      const sig = sign(null, Buffer.from(canonical(document)), privateKey).toString('base64');
      return { keyid: id, method: 'ed25519', sig };
    },
  };
}

function rawPublic(privateKey: KeyObject): string {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return spki.subarray(-32).toString('base64');
}
