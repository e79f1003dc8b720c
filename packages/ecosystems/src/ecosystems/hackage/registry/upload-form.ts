import { parseMultipart } from '../../../archive/multipart';
import { ForgeError } from '../../../errors';
import { fail, ok, type Result, type WireRequest, type WireUpload } from '../../../model';
import { decodeSource } from '../../../text';
import { isPackageName } from '../package-name';
import { parseNative, spellNative } from '../native-version';
import { parseVersion } from '../pvp';
import { readSdist, type SdistArchive } from '../sdist-archive';

/** What is published for good. */
export function parseUpload(request: WireRequest): Result<WireUpload> {
  const archive = parseForm(request);
  if (!archive.ok || archive.value.candidate === undefined)
    return archive.ok ? checked(archive.value) : archive;
  const what = `it is the candidate \`${archive.value.candidate}\`: upload it without \`--publish\``;
  return malformed(what);
}

/**
 * A candidate. Hackage keeps one of a version, and the next replaces it; here each is kept under a name of its
 * own, and has to have one.
 */
export function parseCandidate(request: WireRequest): Result<WireUpload> {
  const archive = parseForm(request);
  if (!archive.ok || archive.value.candidate !== undefined)
    return archive.ok ? checked(archive.value) : archive;
  return malformed(
    'it does not say which candidate it is: add a field `x-release-candidate: rc.1`',
  );
}

interface Received extends SdistArchive {
  readonly bytes: Uint8Array;
  /** The file name that came with it. */
  readonly claimed: string | undefined;
}

/** `multipart/form-data` with the tarball as `package`; its name is not trusted, what is inside decides. */
function parseForm(request: WireRequest): Result<Received> {
  const parts = parseMultipart(request.headers['content-type'], request.body);
  if (!parts.ok) return parts;
  const [part, another] = parts.value.filter(({ name }) => name === 'package');
  if (!part || another) return malformed('it has no field `package`, or several');
  const archive = readSdist(part.bytes);
  return archive.ok ? ok({ ...archive.value, bytes: part.bytes, claimed: part.filename }) : archive;
}

function checked(received: Received): Result<WireUpload> {
  const { name, version, candidate, cabal, claimed, bytes } = received;
  if (!isPackageName(name)) {
    const what = `\`${name}\` is no package name: every part between hyphens needs a letter`;
    return fail(new ForgeError('FORGE-R002', { what }));
  }
  const native = spellNative(version, candidate);
  if (!parseVersion(version) || !parseNative(native)) {
    const what = `\`${native}\` is no version: digits and dots only`;
    return fail(new ForgeError('FORGE-R003', { what }));
  }
  const expected = `${name}-${version}.tar.gz`;
  if (claimed !== undefined && claimed !== expected)
    return malformed(`\`${claimed}\` holds \`${expected}\``);
  if (received.revised) return malformed('a new version must not carry an `x-revision`');
  return ok({
    name,
    version: native,
    files: [{ filename: `${name}-${native}.tar.gz`, bytes: new Uint8Array(bytes) }],
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
