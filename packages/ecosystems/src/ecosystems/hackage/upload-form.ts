import { parseMultipart } from '../../archive/multipart';
import { ForgeError } from '../../errors';
import { fail, ok, type Result, type WireRequest, type WireUpload } from '../../model';
import { decodeSource } from '../../text';
import { isPackageName } from './package-name';
import { parseVersion } from './pvp';
import { readSdist, type SdistArchive } from './sdist-archive';

/** `multipart/form-data` with the tarball as `package`; its name is not trusted, what is inside decides. */
export function parseUpload(request: WireRequest): Result<WireUpload> {
  const parts = parseMultipart(request.headers['content-type'], request.body);
  if (!parts.ok) return parts;
  const part = parts.value.find(({ name }) => name === 'package');
  if (!part) return malformed('it has no field `package`');
  const archive = readSdist(part.bytes);
  return archive.ok ? checked(archive.value, part.filename, part.bytes) : archive;
}

function checked(
  archive: SdistArchive,
  claimed: string | undefined,
  bytes: Uint8Array,
): Result<WireUpload> {
  const { name, version, cabal } = archive;
  const filename = `${name}-${version}.tar.gz`;
  if (!isPackageName(name)) {
    const what = `\`${name}\` is no package name: every part between hyphens needs a letter`;
    return fail(new ForgeError('FORGE-R002', { what }));
  }
  if (!parseVersion(version)) {
    const what = `\`${version}\` is no version: digits and dots only`;
    return fail(new ForgeError('FORGE-R003', { what }));
  }
  if (claimed !== undefined && claimed !== filename)
    return malformed(`\`${claimed}\` holds \`${filename}\``);
  if (archive.revised) return malformed('a new version must not carry an `x-revision`');
  return ok({
    name,
    version,
    files: [{ filename, bytes: new Uint8Array(bytes) }],
    metadata: cabalMetadata(cabal),
  });
}

/** The `.cabal` file as JSON can hold it; `encoding` gives every byte back. */
function cabalMetadata(cabal: Uint8Array): { cabal: string; encoding: 'utf8' | 'latin1' } {
  const source = decodeSource('.cabal', cabal, { toleratesLatin1: true });
  const encoding = source.ok ? source.value.encoding : 'latin1';
  return { cabal: Buffer.from(cabal).toString(encoding), encoding };
}

function malformed(why: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what: `the upload cannot be used: ${why}` }));
}
