import { isUtf8 } from 'node:buffer';
import { digest, gunzip, readPackageTar, type TarEntry } from '../../archive';
import { ForgeError } from '../../errors';
import { all, fail, ok, type Result } from '../../model';
import { parseSpecification, type GemSpecification } from './gem-metadata';

/** A `.gem`: a tar of `metadata.gz`, `data.tar.gz` and, since RubyGems 2, `checksums.yaml.gz`. */
export interface GemFile {
  readonly specification: GemSpecification;
  /** The YAML that `specification` was read from. */
  readonly metadata: string;
  /** What is installed. */
  readonly content: readonly TarEntry[];
}

const maxMetadataBytes = 16 * 1024 * 1024;
const maxContentBytes = 1024 * 1024 * 1024;

/**
 * Problems: FORGE-R001 for what is no gem, FORGE-R004 where its own checksums are wrong, FORGE-R007; FORGE-R090 for
 * content that is not safe to unpack, unless `readContent` shows it as it is.
 */
export function readGem(bytes: Uint8Array, readContent = readPackageTar): Result<GemFile> {
  const outer = readPackageTar(bytes);
  if (!outer.ok) return outer;
  const members = new Map(outer.value.map((entry) => [entry.name, entry.content]));
  const packed = [members.get('metadata.gz'), members.get('data.tar.gz')];
  if (packed.includes(undefined)) return malformed('holds no `metadata.gz` and `data.tar.gz`');
  const [metadataGz, dataGz] = packed as [Uint8Array, Uint8Array];
  const unpacked = all([
    gunzip(metadataGz, maxMetadataBytes),
    gunzip(dataGz, maxContentBytes),
    verifyChecksums(members),
  ]);
  if (!unpacked.ok) return unpacked;
  const [yaml, data] = unpacked.value as [Uint8Array, Uint8Array, Uint8Array];
  if (!isUtf8(yaml)) return malformed('has metadata that is no UTF-8');
  const metadata = Buffer.from(yaml).toString('utf8');
  const specification = parseSpecification(metadata);
  if (!specification.ok) return specification;
  const content = readContent(data);
  return content.ok
    ? ok({ specification: specification.value, metadata, content: content.value })
    : content;
}

/** `checksums.yaml.gz` maps an algorithm to file names and hex digests; old gems and its own signature have none. */
function verifyChecksums(members: ReadonlyMap<string, Uint8Array>): Result<Uint8Array> {
  const packed = members.get('checksums.yaml.gz');
  const unpacked = packed ? gunzip(packed, maxMetadataBytes) : ok(new Uint8Array());
  if (!unpacked.ok) return unpacked;
  let algorithm: string | undefined;
  for (const line of Buffer.from(unpacked.value).toString('utf8').split('\n')) {
    algorithm = /^(SHA\d+):/.exec(line)?.[1] ?? algorithm;
    const [, name, expected] = /^ +(\S+): '?([0-9a-f]+)'?$/.exec(line) ?? [];
    const content = members.get(name ?? '');
    const known = algorithm === 'SHA256' ? 'sha256' : algorithm === 'SHA512' ? 'sha512' : undefined;
    if (known && content && digest(known, content) !== expected) {
      const what = `the ${algorithm} checksum of \`${name}\` in the gem is wrong`;
      return fail(new ForgeError('FORGE-R004', { what }));
    }
  }
  return unpacked;
}

function malformed(why: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what: `the gem ${why}` }));
}
