import { gzip, writeTar, type TarEntry } from '../../../archive';
import type { Json, StoredPackage, StoredVersion } from '../../../model';
import { publishedVersions } from './candidates';

/**
 * The index without signatures: `N/V/N.cabal` of every version, and `N/preferred-versions` where some are
 * deprecated, which keeps cabal's solver from choosing them. Candidates are none of its business.
 */
export function renderIndex(packages: readonly StoredPackage[]): Uint8Array {
  return gzip(writeTar(packages.flatMap(entriesOf)));
}

function entriesOf(found: StoredPackage): TarEntry[] {
  const { name } = found;
  const versions = publishedVersions(found);
  const preferred = avoiding(name, deprecatedVersions(found));
  const descriptions = versions.map((each) =>
    file(`${name}/${each.version}/${name}.cabal`, cabalOf(each)),
  );
  if (preferred === '') return descriptions;
  return [...descriptions, file(`${name}/preferred-versions`, Buffer.from(preferred))];
}

export function deprecatedVersions(found: StoredPackage): readonly string[] {
  return publishedVersions(found).flatMap(({ yanked, version }) => (yanked ? [version] : []));
}

/** What keeps cabal's solver from some versions of a package; empty where it may take any. */
export function avoiding(name: string, versions: readonly string[]): string {
  const ranges = versions.map((version) => `(<${version} || >${version})`);
  return ranges.length === 0 ? '' : `${name} ${ranges.join(' && ')}`;
}

export function cabalOf({ metadata }: StoredVersion): Uint8Array {
  const { cabal, encoding } = metadata as Readonly<Record<string, Json>>;
  return Buffer.from(String(cabal), encoding === 'latin1' ? 'latin1' : 'utf8');
}

function file(name: string, content: Uint8Array): TarEntry {
  return { name, type: 'file', mode: 0o644, content };
}
