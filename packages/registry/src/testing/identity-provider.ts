import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider of identities on this machine (OpenID Connect), as CI systems have one. */
export interface IdentityProvider {
  readonly issuer: string;
  /** An identity with these claims beside the usual ones; `undefined` takes a usual one away. */
  sign(claims: Readonly<Record<string, unknown>>, now?: Date): string;
  /** From now on it signs with another key. */
  rotate(): void;
  /** How it answers: as it should, with an error, or with what is none of its own. */
  behave(how: 'well' | 'broken' | 'foreign'): void;
  /** How often its keys were asked for. */
  asked(): number;
  /** How often anything was. */
  disturbed(): number;
  close(): Promise<void>;
}

interface Key {
  readonly kid: string;
  readonly secret: KeyObject;
  readonly jwk: object;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  let key = makeKey();
  let behaviour = 'well';
  let asked = 0;
  let disturbed = 0;
  const server = createServer(({ url }, response) => {
    disturbed += 1;
    if (behaviour === 'broken') return response.writeHead(503).end();
    if (url !== '/keys') {
      const own = behaviour === 'foreign' ? 'https://other.example' : issuer;
      return response.end(JSON.stringify({ issuer: own, jwks_uri: `${issuer}/keys` }));
    }
    asked += 1;
    return response.end(JSON.stringify({ keys: [key.jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    sign: (claims, now = new Date()) => {
      const iat = Math.floor(now.getTime() / 1000);
      const usual = { iss: issuer, sub: 'job', jti: randomUUID(), iat, exp: iat + 300 };
      return signWith(key, { ...usual, ...claims });
    },
    rotate: () => {
      key = makeKey();
    },
    behave: (how) => {
      behaviour = how;
    },
    asked: () => asked,
    disturbed: () => disturbed,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function makeKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
  return { kid, secret: privateKey, jwk };
}

function signWith({ kid, secret }: Key, claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${encode(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(secret, 'base64url')}`;
}
