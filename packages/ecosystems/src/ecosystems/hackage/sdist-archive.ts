import { gunzip, readPackageTar, type TarEntry } from '../../archive';
import { ForgeError } from '../../errors';
import { all, fail, ok, type Result } from '../../model';
import { decodeSource } from '../../text';
import { describe } from './cabal-file/description';

/** Hackage takes 10 MiB at most; unpacked this bounds what a small bomb can make of it. */
export const maximumUnpacked = 256 * 1024 * 1024;

/** An sdist: its `.cabal` file and what stands under the one directory `name-version`. */
export interface SdistArchive {
  readonly name: string;
  /** As the `.cabal` file has it: digits and dots. */
  readonly version: string;
  /** `rc.1`, when it is a candidate of the version. */
  readonly candidate: string | undefined;
  /** Text of the `.cabal` file, as it goes into the index. */
  readonly cabal: Uint8Array;
  /** True when the `.cabal` file claims to be a revision. */
  readonly revised: boolean;
  /** Files by their path below that directory. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** FORGE-R001 for bytes that are no sdist or contradict themselves, FORGE-R007 for too many of them. */
export function readSdist(bytes: Uint8Array): Result<SdistArchive> {
  const tar = gunzip(bytes, maximumUnpacked);
  if (!tar.ok) return tar;
  const entries = readPackageTar(tar.value);
  if (!entries.ok) return entries;
  const root = rootOf(entries.value);
  return root.ok ? fromRoot(root.value, entries.value) : root;
}

/** All members stand under one directory, and none leads out of it. */
function rootOf(entries: readonly TarEntry[]): Result<string> {
  const root = entries[0]?.name.split('/')[0] ?? '';
  const checked = entries.map(({ name, type }) => {
    const parts = name.split('/');
    if (parts[0] !== root || parts.includes('..'))
      return malformed(`\`${name}\` stands outside of \`${root}/\``);
    if (type === 'file' || type === 'directory') return ok(name);
    return malformed(`\`${name}\` is neither a file nor a directory`);
  });
  if (root === '' || root === '.') return malformed('its members stand in no directory');
  const result = all(checked);
  return result.ok ? ok(root) : result;
}

function fromRoot(root: string, entries: readonly TarEntry[]): Result<SdistArchive> {
  const files = new Map(
    entries
      .filter(({ type }) => type === 'file')
      .map(({ name, content }) => [name.slice(root.length + 1), content]),
  );
  const found = [...files.keys()].filter((name) => /^[^/]+\.cabal$/.test(name));
  const file = found[0];
  const cabal = file === undefined ? undefined : files.get(file);
  if (file === undefined || !cabal || found.length > 1)
    return malformed(`\`${root}\` holds ${found.length} \`.cabal\` files instead of one`);
  const source = decodeSource(file, cabal, { toleratesLatin1: true });
  if (!source.ok) return malformed(whyNot(source.problems));
  const described = describe(source.value);
  if (!described.ok) return malformed(whyNot(described.problems));
  const { name, version, candidate, elements } = described.value;
  if (!name || !version || `${name.value}-${version.value}` !== root)
    return malformed(`\`${file}\` is about \`${name?.value}-${version?.value}\`, not \`${root}\``);
  if (file !== `${name.value}.cabal`)
    return malformed(`\`${file}\` is not named after its package, \`${name.value}.cabal\``);
  const revised = elements.some(
    ({ kind, name: field }) => kind === 'field' && field === 'x-revision',
  );
  return ok({
    name: name.value,
    version: version.value,
    candidate: candidate?.value,
    cabal,
    revised,
    files,
  });
}

function whyNot(problems: readonly ForgeError[]): string {
  return problems.map(({ what }) => what).join('; ');
}

function malformed(why: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what: `the sdist cannot be used: ${why}` }));
}
