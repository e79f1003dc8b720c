import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSeal } from '../webhooks/seal';
import { loadKeys, rotateKeys } from './keys';
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
