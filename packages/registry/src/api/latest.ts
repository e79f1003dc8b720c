import type { Ecosystem, StoredPackage, StoredVersion } from '@forge/ecosystems';

/** What somebody gets who asks for no version: the highest that is neither a prerelease nor withdrawn, if there is one. */
export function latestOf(
  { versions: grammar }: Ecosystem,
  { versions }: StoredPackage,
): StoredVersion {
  const isStable = ({ version }: StoredVersion) => !grammar.isPrerelease(version);
  const offered = versions.filter(({ yanked }) => !yanked);
  const candidates = [offered.filter(isStable), offered, versions].find(({ length }) => length > 0);
  if (!candidates) throw new Error('a package without versions is none');
  return candidates.reduce((highest, each) =>
    grammar.compare(each.version, highest.version) > 0 ? each : highest,
  );
}
