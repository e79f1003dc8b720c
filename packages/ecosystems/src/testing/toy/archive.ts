import { digest, gunzip, gzip, readTar, writeTar, type TarEntry } from '../../archive';
import { ForgeError } from '../../errors';
import { fail, ok, type ArtifactContent, type Result } from '../../model';
import { decodeSource } from '../../text';
import { format } from './manifest';

export function filenameOf(name: string, version: string): string {
  return `${name}-${version}.toy`;
}

export function pack(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries = [...files].map(([name, content]): TarEntry => ({
    name,
    type: 'file',
    mode: 0o644,
    content,
  }));
  return gzip(writeTar(entries));
}

/** FORGE-R001 for what is no toy archive. */
export function unpack(bytes: Uint8Array): Result<ArtifactContent> {
  const tar = gunzip(bytes, 1024 ** 2);
  const entries = tar.ok ? readTar(tar.value) : tar;
  if (!entries.ok) return entries;
  const manifest = entries.value.find(({ name }) => name === 'toy.pkg');
  const source = manifest && decodeSource('toy.pkg', manifest.content);
  const read = source?.ok
    ? format.read(source.value, { read: () => undefined, list: () => [], memo: (_, f) => f() })
    : source;
  if (!read?.ok || read.value === null || read.value.version.value === null)
    return fail(new ForgeError('FORGE-R001', { what: 'the archive holds no `toy.pkg`' }));
  const members = new Map(
    entries.value.map(({ name, content }) => [name, digest('sha256', content)]),
  );
  return ok({ name: read.value.name, version: read.value.version.value, members });
}
