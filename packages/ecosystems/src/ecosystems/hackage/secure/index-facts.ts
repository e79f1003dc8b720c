import type { LogFact, StoredPackage, StoredVersion } from '../../../model';
import { publishedVersions } from '../registry/candidates';
import { avoiding, cabalOf, deprecatedVersions } from '../registry/index-archive';
import { canonical } from './canonical-json';

/**
 * What the index tells of all packages: of each version its `.cabal` file and the digests of its archive, in the order in
 * which they were published, then the versions to avoid. Those are told anew when they change. A version that was taken
 * back since it was `told` of stays in the index for ever, so it is one to avoid.
 */
export function indexFacts(
  packages: readonly StoredPackage[],
  told: Iterable<string>,
): readonly LogFact[] {
  const versions = packages
    .flatMap((found) => publishedVersions(found).map((version) => ({ name: found.name, version })))
    .sort((a, b) => (a.version.publishedAt < b.version.publishedAt ? -1 : 1));
  const facts = versions.flatMap(({ name, version }) => factsOf(name, version));
  const toAvoid = new Map(packages.map((found) => [found.name, [...deprecatedVersions(found)]]));
  for (const [name, version] of takenBack(told, facts))
    toAvoid.set(name, [...(toAvoid.get(name) ?? []), version]);
  return [...facts, ...[...toAvoid].map(([name, avoided]) => preferences(name, avoided))];
}

function takenBack(
  told: Iterable<string>,
  facts: readonly LogFact[],
): readonly (readonly [name: string, version: string])[] {
  const current = new Set(facts.map(({ path }) => path));
  return [...told].flatMap((path) => {
    const [name = '', version = '', file = ''] = path.split('/');
    return file.endsWith('.cabal') && !current.has(path) ? [[name, version] as const] : [];
  });
}

/** cabal 3.4 passes over an empty file and keeps to what it read before, so "any" has to be said. */
function preferences(name: string, avoided: readonly string[]): LogFact {
  const path = `${name}/preferred-versions`;
  if (avoided.length > 0) return { path, content: Buffer.from(avoiding(name, avoided)) };
  return { path, content: Buffer.from(`${name} >=0`), isUsual: true };
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
