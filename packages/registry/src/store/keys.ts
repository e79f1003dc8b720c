import type { WireContext } from '@forge/ecosystems';
import { createPublicKey, generateKeyPair } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export type Keys = WireContext['keys'];

/** The server's RSA key pair: made once, kept in the directory where there is one. */
export async function loadKeys(directory: string | undefined): Promise<Keys> {
  if (directory === undefined) return fromPrivate(await generate());
  const file = path.join(directory, 'rsa-private.pem');
  const stored = await readIfThere(file);
  if (stored !== undefined) return fromPrivate(stored);
  const made = await generate();
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(file, made, { mode: 0o600, flag: 'wx' });
  return fromPrivate(made);
}

async function generate(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function fromPrivate(rsaPrivate: string): Keys {
  const rsaPublic = createPublicKey(rsaPrivate).export({ type: 'spki', format: 'pem' }).toString();
  return { rsaPrivate, rsaPublic };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
