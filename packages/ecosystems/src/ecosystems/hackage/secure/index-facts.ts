import type { LogFact, StoredPackage, StoredVersion } from '../../../model';
import { publishedVersions } from '../registry/candidates';
import { cabalOf, preferredVersions } from '../registry/index-archive';
import { canonical } from './canonical-json';

/**
 * What the index tells of all packages: of each version its `.cabal` file and the digests of its archive, in the order in
 * which they were published, then the versions to avoid. Those are told anew when they change.
 */
export function indexFacts(packages: readonly StoredPackage[]): readonly LogFact[] {
  const versions = packages
    .flatMap((found) => publishedVersions(found).map((version) => ({ name: found.name, version })))
    .sort((a, b) => (a.version.publishedAt < b.version.publishedAt ? -1 : 1));
  return [
    ...versions.flatMap(({ name, version }) => factsOf(name, version)),
    ...packages.map(preferences),
  ];
}

/** cabal 3.4 passes over an empty file and keeps to what it read before, so "any" has to be said. */
function preferences(found: StoredPackage): LogFact {
  const preferred = preferredVersions(found);
  const path = `${found.name}/preferred-versions`;
  if (preferred !== '') return { path, content: Buffer.from(preferred) };
  return { path, content: Buffer.from(`${found.name} >=0`), isUsual: true };
}

function factsOf(name: string, version: StoredVersion): LogFact[] {
  const directory = `${name}/${version.version}`;
  return [
    { path: `${directory}/${name}.cabal`, content: cabalOf(version) },
    { path: `${directory}/package.json`, content: Buffer.from(targets(version)) },
  ];
}

/** Not signed itself: the index that it stands in is. */
function targets({ files }: StoredVersion): string {
  const listed = files.map(({ filename, size, digests }) => {
    const hashes = digests
      .filter(({ algorithm }) => algorithm === 'md5' || algorithm === 'sha256')
      .map(({ algorithm, value }) => [algorithm, value] as const);
    return [
      `<repo>/package/${filename}`,
      { hashes: Object.fromEntries(hashes), length: size },
    ] as const;
  });
  const signed = {
    _type: 'Targets',
    expires: null,
    targets: Object.fromEntries(listed),
    version: 0,
  };
  return canonical({ signatures: [], signed });
}
