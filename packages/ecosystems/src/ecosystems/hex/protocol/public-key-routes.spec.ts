import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import type { WireContext, WireRoute } from '../../../model';
import { requestOf } from '../../../testing/wire-request';
import { publicKeyRoutes } from './public-key-routes';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const [first, second, third, stranger] = [pair(), pair(), pair(), pair()];
const context: WireContext = {
  baseUrl: 'http://127.0.0.1:1/hex',
  keys: {
    ...{ rsaPrivate: third.privateKey, rsaPublic: third.publicKey },
    previous: [first.privateKey, second.privateKey],
  },
};
const [newest, signedBy] = publicKeyRoutes('') as readonly Extract<WireRoute, { kind: 'static' }>[];
const signature = (pem: string) => {
  const sha256 = createHash('sha256').update(pem).digest('hex');
  return signedBy?.respond(requestOf({ params: { sha256 } }), context);
};

it('is the newest key, which every key that there was has signed', () => {
  const pem = newest?.respond(requestOf(), context).body ?? '';
  expect(pem).toBe(third.publicKey);
  for (const { publicKey } of [first, second, third]) {
    const signed = Buffer.from(signature(publicKey)?.body ?? '');
    expect(verify('sha512', Buffer.from(pem), publicKey, signed)).toBe(true);
    expect(verify('sha512', Buffer.from(pem), stranger.publicKey, signed)).toBe(false);
  }
});

it('has no signature by a key that was never here', () => {
  expect(signature(stranger.publicKey)?.status).toBe(404);
});
