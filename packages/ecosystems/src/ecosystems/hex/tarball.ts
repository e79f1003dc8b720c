import { digest, gunzip, gzip, readPackageTar, writeTar, type TarEntry } from '../../archive';
import { ForgeError } from '../../errors';
import { fail, ok, type Result } from '../../model';
import { parseTerms, type Term } from './erlang';

/** Largest tarball that the registry takes, and largest content of one (hex_core 0.19, `mix_hex_core`). */
export const limits = { packed: 16 * 1024 * 1024, unpacked: 128 * 1024 * 1024 } as const;

const formatVersion = '3';

export interface PackageFile {
  /** Relative to the package's directory, with `/`. */
  readonly name: string;
  readonly executable: boolean;
  readonly content: Uint8Array;
}

/** A Hex tarball, format 3, opened. */
export interface Tarball {
  readonly metadata: readonly Term[];
  /** Lower-case hex; what `CHECKSUM` holds. Deprecated by Hex, but clients still check it. */
  readonly innerChecksum: string;
  readonly files: readonly TarEntry[];
}

/**
 * `VERSION`, `CHECKSUM`, `metadata.config` and `contents.tar.gz` in a plain tar. The same input gives the
 * same bytes: no times, no owners, files in the given order.
 */
export function packTarball(metadata: string, files: readonly PackageFile[]): Uint8Array {
  const contents = gzip(
    writeTar(
      files.map(({ name, executable, content }) => ({
        name,
        type: 'file',
        mode: executable ? 0o755 : 0o644,
        content,
      })),
    ),
  );
  const members: readonly (readonly [string, Uint8Array])[] = [
    ['VERSION', Buffer.from(formatVersion)],
    ['CHECKSUM', Buffer.from(innerChecksum(Buffer.from(metadata), contents).toUpperCase())],
    ['metadata.config', Buffer.from(metadata)],
    ['contents.tar.gz', contents],
  ];
  return writeTar(members.map(([name, content]) => ({ name, type: 'file', mode: 0o644, content })));
}

/**
 * FORGE-R001 for what is no Hex tarball, FORGE-R004 for a wrong inner checksum, FORGE-R007 beyond the limits; FORGE-R090
 * for content that is not safe to unpack, unless `readContent` shows it as it is.
 */
export function openTarball(bytes: Uint8Array, readContent = readPackageTar): Result<Tarball> {
  const outer = readPackageTar(bytes);
  if (!outer.ok) return outer;
  const members = new Map(outer.value.map(({ name, content }) => [name, content]));
  const metadata = members.get('metadata.config');
  const contents = members.get('contents.tar.gz');
  const version = members.get('VERSION');
  if (!metadata || !contents || !version || !members.has('CHECKSUM'))
    return malformed('it lacks one of VERSION, CHECKSUM, metadata.config and contents.tar.gz');
  if (textOf(version) !== formatVersion)
    return malformed(`it has format \`${textOf(version)}\` instead of \`${formatVersion}\``);
  const checksum = innerChecksum(metadata, contents);
  if (textOf(members.get('CHECKSUM')).toLowerCase() !== checksum) {
    const what = 'the checksum inside the tarball does not fit its content';
    return fail(new ForgeError('FORGE-R004', { what }));
  }
  const terms = parseTerms(textOf(metadata));
  if (!terms) return malformed('its metadata.config cannot be read');
  const unpacked = gunzip(contents, limits.unpacked);
  const files = unpacked.ok ? readContent(unpacked.value) : unpacked;
  return files.ok ? ok({ metadata: terms, innerChecksum: checksum, files: files.value }) : files;
}

function innerChecksum(metadata: Uint8Array, contents: Uint8Array): string {
  return digest('sha256', Buffer.concat([Buffer.from(formatVersion), metadata, contents]));
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

function malformed(why: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what: `the upload is no Hex tarball: ${why}` }));
}
