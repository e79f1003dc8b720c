import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSeal } from '../webhooks/seal';
import { fingerprintOf, loadKeys, rotateKeys } from './keys';
import { secretsInMemory, secretsOnDisk } from './secrets';

const directory = mkdtempSync(path.join(tmpdir(), 'forge-keys-'));
afterAll(() => rmSync(directory, { recursive: true }));

it.each([
  ['in memory', secretsInMemory()],
  ['on disk', secretsOnDisk(path.join(directory, 'keys'))],
])(
  'the newest key signs, and the older ones are kept: %s',
  async (_, secrets) => {
    const first = await loadKeys(secrets);
    expect(await loadKeys(secrets)).toEqual({ ...first, previous: [] });
    expect(await rotateKeys(secrets)).toBe(2);
    const second = await loadKeys(secrets);
    expect(await rotateKeys(secrets)).toBe(3);
    const third = await loadKeys(secrets);
    expect(new Set([first, second, third].map(({ rsaPublic }) => rsaPublic)).size).toBe(3);
    expect(second.previous).toEqual([first.rsaPrivate]);
    expect(third.previous).toEqual([first.rsaPrivate, second.rsaPrivate]);
    // Secrets of webhooks are needed again, whatever signs.
    expect(openSeal(third).open(openSeal(first).close('whsec'))).toBe('whsec');
  },
  20_000,
);

/** As `ssh-keygen -lf` (OpenSSH 9.2) and Hex 2.5 print it. */
it('a key has the fingerprint that clients print', () => {
  const pem = [
    '-----BEGIN PUBLIC KEY-----',
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt0lcN+8khhwaUiUcHGEg',
    '/MVfhItrAuGdpIP8FzHYlj4mtMoKA4EU8u/vH8DmBosNwjwh0AWc66QJiSRw+/WA',
    '4B3TzomYporHrwgNSOay9/xJPJB8FJSuZmCNDJBZdiEeglaMpo24kkG+WNEKMJhX',
    '2Xe4enipR+2PFFL3pguWKg68Hrvs1kTgU1rsLYh6et1sbhAQGYJK5Fpsv8dNXt2P',
    '404r1WyzAU7Yr2kJwiQLqxWUY7oktb/LA+cEp4I3wCJlUhGP12F3SbwOqVB3ODuz',
    'fjXJUG04EPUxaMiug+BPzD51bllk6i7hib7GUK9Rn8SvTurFboRu5j8RnYC1m9dY',
    'PQIDAQAB',
    '-----END PUBLIC KEY-----',
    '',
  ].join('\n');
  expect(fingerprintOf(pem)).toBe('SHA256:Ahz9MiPBwCqHDEYEb0B9HV8KEVSF4V5YpsBsmUdHjXs');
});
