import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Keys } from '../store';

const algorithm = 'aes-256-gcm';

/**
 * Keeps secrets that are needed again, so that a hash will not do: whoever reads the table alone cannot sign with
 * them. The key comes of the first private key of the server: what is sealed outlives the others.
 */
export interface Seal {
  close(secret: string): string;
  /** Throws for what was sealed with another key. */
  open(sealed: string): string;
}

export function openSeal({ rsaPrivate, previous = [] }: Keys): Seal {
  const [first = rsaPrivate] = previous;
  const key = new Uint8Array(hkdfSync('sha256', first, '', 'forge-registry webhooks', 32));
  return {
    close(secret) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(algorithm, key, nonce);
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.');
    },
    open(sealed) {
      const [nonce = '', tag = '', text = ''] = sealed.split('.');
      const decipher = createDecipheriv(algorithm, key, Buffer.from(nonce, 'base64url'), {
        authTagLength: 16,
      });
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      const opened = [decipher.update(Buffer.from(text, 'base64url')), decipher.final()];
      return Buffer.concat(opened).toString('utf8');
    },
  };
}
