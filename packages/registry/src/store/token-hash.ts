import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits; the prefix keeps it from starting with `-` and lets secret scanners find it. */
export function makeToken(): string {
  return `forge_${randomBytes(32).toString('base64url')}`;
}

/** All that is stored of a token. Of 256 random bits sha256 tells nothing; a slow hash would add nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** For HTTP Digest, which needs a hash of the password itself: md5(user:realm:token), by realm. */
export function digestSecrets(
  username: string,
  token: string,
  realms: readonly string[],
): Readonly<Record<string, string>> {
  const ha1 = (realm: string) =>
    createHash('md5').update(`${username}:${realm}:${token}`).digest('hex');
  return Object.fromEntries(realms.map((realm) => [realm, ha1(realm)]));
}
