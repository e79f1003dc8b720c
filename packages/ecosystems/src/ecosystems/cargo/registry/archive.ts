import { gunzip, readPackageTar } from '../../../archive';
import { ForgeError, type ErrorCode } from '../../../errors';
import { fail, ok, type Result } from '../../../model';
import { decodeSource, parseToml, type TomlTable } from '../../../text';
import { valueAt } from '../manifest/tables';

/** crates.io unpacks at most 512 MiB. */
export const maxUnpackedBytes = 512 * 1024 ** 2;

/** A `.crate`: a gzipped tar of one directory `name-version/`. */
export interface CrateArchive {
  readonly name: string;
  readonly version: string;
  /** The normalised manifest that cargo wrote, not the author's `Cargo.toml.orig`. */
  readonly manifest: TomlTable;
  /** Content by path below the directory. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Every problem carries `code`: FORGE-A003 for an artifact of ours, FORGE-R001 for an upload. */
export function readCrate(bytes: Uint8Array, code: ErrorCode): Result<CrateArchive> {
  const unpacked = gunzip(bytes, maxUnpackedBytes);
  const entries = unpacked.ok ? readPackageTar(unpacked.value) : unpacked;
  if (!entries.ok)
    return entries.problems[0]?.code === 'FORGE-R007' ? entries : recode(entries, code);
  const manifests = entries.value.filter(({ name }) => /^[^/]+\/Cargo\.toml$/.test(name));
  const content = manifests[0]?.content;
  const source = content && decodeSource('Cargo.toml', content);
  if (!source?.ok) return refused(code, 'the archive holds no readable `Cargo.toml`');
  const manifest = parseToml(source.value);
  if (!manifest.ok) return recode(manifest, code);
  const name = String(valueAt(manifest.value, 'package', 'name'));
  const version = String(valueAt(manifest.value, 'package', 'version'));
  const directory = `${name}-${version}/`;
  const stray = entries.value.find(
    (entry) => !isBelow(directory, entry.name) || entry.type !== 'file',
  );
  if (stray)
    return refused(code, `the archive holds \`${stray.name}\`, no file of \`${directory}\``);
  const files = entries.value.map(
    (entry) => [entry.name.slice(directory.length), entry.content] as const,
  );
  return ok({ name, version, manifest: manifest.value, files: new Map(files) });
}

function isBelow(directory: string, name: string): boolean {
  return name.startsWith(directory) && !name.split('/').includes('..');
}

function refused(code: ErrorCode, what: string): Result<never> {
  return fail(new ForgeError(code, { what }));
}

function recode(
  { problems }: { readonly problems: readonly ForgeError[] },
  code: ErrorCode,
): Result<never> {
  return fail(...problems.map(({ what }) => new ForgeError(code, { what })));
}
