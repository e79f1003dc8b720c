import { ForgeError } from '../errors';
import type { ArtifactMember, UnpackedArtifact } from '../model/artifact';
import { fail, ok, type Result } from '../model/result';
import { gunzip } from './gzip';
import { readTar, type TarEntry } from './tar';

/** What a tar unpacks to. */
export function tarMembers(entries: readonly TarEntry[]): ArtifactMember[] {
  return entries.map(({ name, type, linkname, content }) => ({
    path: name,
    type: type === 'other' && linkname !== undefined ? 'hardlink' : type,
    ...(linkname !== undefined && { target: linkname }),
    content,
  }));
}

/**
 * What a gzipped tar unpacks to, below the directory that its first member lies in. FORGE-A003, with the name of the
 * file, for what is none.
 */
export function unpackTarGz(
  filename: string,
  bytes: Uint8Array,
  maxBytes: number,
): Result<UnpackedArtifact> {
  const tar = gunzip(bytes, maxBytes);
  const entries = tar.ok ? readTar(tar.value) : tar;
  if (!entries.ok) return unreadable(filename, entries.problems);
  const members = tarMembers(entries.value);
  const [first] = members;
  const top = first && (first.type === 'directory' || first.path.includes('/')) ? first.path : '';
  return ok({ top: top.split('/')[0] ?? '', members });
}

/** FORGE-A003 for an artifact of ours that cannot be opened, whatever the reason. */
export function unreadable(filename: string, problems: readonly ForgeError[]): Result<never> {
  const why = problems.map(({ what }) => what).join('; ');
  const what = `\`${filename}\` cannot be opened: ${why}`;
  return fail(new ForgeError('FORGE-A003', { what }));
}
