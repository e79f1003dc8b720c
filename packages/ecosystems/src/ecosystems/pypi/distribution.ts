import { digest, gunzip, readPackageTar, readZip } from '../../archive';
import { ForgeError } from '../../errors';
import { fail, ok, type Result } from '../../model';
import { parseCoreMetadata, type CoreMetadata } from './core-metadata';
import { parseDistributionName, type DistributionName } from './distribution-name';

/** A wheel or an sdist, unpacked. */
export interface Distribution {
  readonly filename: DistributionName;
  readonly metadata: CoreMetadata;
  /** Path of METADATA or PKG-INFO. */
  readonly metadataPath: string;
  /** METADATA or PKG-INFO as it stands in the archive. */
  readonly metadataBytes: Uint8Array;
  /** Member path → sha256 of its content, without what only repeats other members. */
  readonly members: ReadonlyMap<string, string>;
}

export const maximumUnpackedBytes = 2 * 1024 ** 3;

/** Problems: FORGE-R001, FORGE-R007. */
export function readDistribution(filename: string, bytes: Uint8Array): Result<Distribution> {
  const name = parseDistributionName(filename);
  if (!name) return malformed(`\`${filename}\` is not named like a wheel or an sdist`);
  const files = name.kind === 'sdist' ? readSdist(bytes) : readZip(bytes, maximumUnpackedBytes);
  if (!files.ok) return files;
  const path = [...files.value.keys()].filter(
    name.kind === 'sdist'
      ? (each) => /^[^/]+\/PKG-INFO$/.test(each)
      : (each) => /^[^/]+\.dist-info\/METADATA$/.test(each),
  );
  const [metadataPath = '', ...others] = path;
  const metadataBytes = files.value.get(metadataPath);
  if (others.length > 0 || !metadataBytes)
    return malformed(`\`${filename}\` does not hold exactly one metadata file`);
  const metadata = parseCoreMetadata(metadataBytes);
  if (!metadata) return malformed(`the metadata of \`${filename}\` has no name or no version`);
  const members = membersOf(files.value);
  return ok({ filename: name, metadata, metadataPath, metadataBytes, members });
}

function readSdist(bytes: Uint8Array): Result<Map<string, Uint8Array>> {
  const tar = gunzip(bytes, maximumUnpackedBytes);
  const entries = tar.ok ? readPackageTar(tar.value) : tar;
  if (!entries.ok) return entries;
  const files = new Map<string, Uint8Array>();
  for (const { name, type, content, linkname } of entries.value) {
    if (type === 'file') files.set(name, content);
    if (type === 'symlink') files.set(name, Buffer.from(`symlink to ${linkname}`));
  }
  return ok(files);
}

function membersOf(files: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const members = [...files]
    // RECORD lists the digests of the other members.
    .filter(([path]) => !/^[^/]+\.dist-info\/RECORD$/.test(path))
    .map(([path, content]) => [path, digest('sha256', stable(path, content))] as const);
  return new Map(members);
}

/** maturin 1.16 writes the absolute directory of each crate into its bill of materials. */
function stable(path: string, content: Uint8Array): Uint8Array {
  if (!/\.dist-info\/sboms\/[^/]+\.json$/.test(path)) return content;
  const text = Buffer.from(content).toString('utf8');
  return Buffer.from(text.replace(/path\+file:\/\/[^"#]*\//g, 'path+file:///'));
}

function malformed(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what }));
}
