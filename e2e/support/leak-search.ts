import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzip, readTar, readZip } from '../../packages/ecosystems/src/archive';

/** Where something stands that should be nowhere: the file, and the members of archives on the way to it. */
export interface Leak {
  readonly place: string;
  readonly secret: string;
}

const largest = 256 * 1024 * 1024;

/** Looks for secrets in the names and bytes of all files below a directory, archives unpacked; links are not followed. */
export function findLeaks(directory: string, secrets: readonly string[]): readonly Leak[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    const stat = lstatSync(path);
    const named = secrets
      .filter((secret) => name.includes(secret))
      .map((secret) => ({ place: path, secret }));
    if (stat.isDirectory()) return [...named, ...findLeaks(path, secrets)];
    return stat.isFile() ? [...named, ...inBytes(path, readFileSync(path), secrets)] : named;
  });
}

/** The bytes as they are, and what is packed in them, to any depth. */
export function inBytes(
  place: string,
  bytes: Uint8Array,
  secrets: readonly string[],
): readonly Leak[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain = secrets
    .filter((secret) => buffer.includes(secret))
    .map((secret) => ({ place, secret }));
  const inner = [...members(buffer)].flatMap(([name, content]) =>
    inBytes(`${place}!${name}`, content, secrets),
  );
  return [...plain, ...inner];
}

function members(bytes: Buffer): Iterable<readonly [string, Uint8Array]> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const unpacked = gunzip(bytes, largest);
    return unpacked.ok ? [['gzip', unpacked.value]] : [];
  }
  if (bytes.toString('latin1', 0, 4) === 'PK\x03\x04') {
    const zip = readZip(bytes);
    return zip.ok ? zip.value : [];
  }
  if (bytes.toString('latin1', 257, 262) !== 'ustar') return [];
  const tar = readTar(bytes);
  return tar.ok ? tar.value.map(({ name, content }) => [name, content] as const) : [];
}
