import { gzip } from '../../archive';
import type { StoredPackage } from '../../model';
import { array, dump, string } from './marshal';
import { publishedGems, type PublishedGem } from './published-gem';
import { gemVersion } from './quick-spec';
import { compareVersions } from './version-number';

export const fullIndexes = ['specs', 'latest_specs', 'prerelease_specs'] as const;
export type FullIndex = (typeof fullIndexes)[number];

/**
 * `specs.4.8.gz` and its kin: a gzipped dump of `[name, version, platform]` triples. RubyGems still reads them
 * for `gem list`, `gem search`, `gem outdated` and `gem specification`.
 */
export function fullIndex(kind: FullIndex, packages: readonly StoredPackage[]): Uint8Array {
  const triples = packages.flatMap((found) =>
    select(kind, publishedGems(found)).map((gem) =>
      array([string(found.name), gemVersion(gem.version), string(gem.record.platform)]),
    ),
  );
  return gzip(dump(array(triples)));
}

function select(kind: FullIndex, gems: readonly PublishedGem[]): readonly PublishedGem[] {
  const chosen = gems.filter(({ prerelease }) => prerelease === (kind === 'prerelease_specs'));
  return kind === 'latest_specs' ? chosen.filter((gem) => isLatest(gem, chosen)) : chosen;
}

/** The newest of its platform. */
function isLatest(gem: PublishedGem, among: readonly PublishedGem[]): boolean {
  return among.every(
    ({ version, record }) =>
      record.platform !== gem.record.platform || compareVersions(version, gem.version) <= 0,
  );
}
