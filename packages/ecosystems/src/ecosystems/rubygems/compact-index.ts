import { digest } from '../../archive';
import type { StoredPackage } from '../../model';
import { publishedGems, type PublishedGem } from './published-gem';

/**
 * The compact index (https://guides.rubygems.org/rubygems-org-compact-index-api/): `names`, `versions` with the
 * MD5 of each gem's `info`, and `info/NAME` with what resolvers need.
 */
export function infoDocument(found: StoredPackage): string {
  return `---\n${publishedGems(found)
    .map((gem) => `${infoLine(gem)}\n`)
    .join('')}`;
}

export function namesDocument(packages: readonly StoredPackage[]): string {
  return `---\n${installable(packages)
    .map(({ name }) => `${name}\n`)
    .join('')}`;
}

export function versionsDocument(packages: readonly StoredPackage[]): string {
  const lines = installable(packages).map((found) => {
    const versions = publishedGems(found).map(nameInIndex).join(',');
    return `${found.name} ${versions} ${digest('md5', infoDocument(found))}\n`;
  });
  return `created_at: ${latest(packages)}\n---\n${lines.join('')}`;
}

/** Names without any version would be lines that clients cannot parse. */
function installable(packages: readonly StoredPackage[]): readonly StoredPackage[] {
  return packages
    .filter((found) => publishedGems(found).length > 0)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** `1.2.0-java core:~> 1.2&>= 1.2.3,plug:>= 0|checksum:SHA256,ruby:>= 2.7`. */
function infoLine(gem: PublishedGem): string {
  const { dependencies, ruby, rubygems } = gem.record;
  const needs = dependencies.map(({ name, requirements }) => `${name}:${requirements.join('&')}`);
  const conditions = [
    `checksum:${gem.sha256}`,
    ...(ruby.length > 0 ? [`ruby:${ruby.join('&')}`] : []),
    ...(rubygems.length > 0 ? [`rubygems:${rubygems.join('&')}`] : []),
  ];
  return `${nameInIndex(gem)} ${needs.toSorted().join(',')}|${conditions.join(',')}`;
}

function nameInIndex({ version, record: { platform } }: PublishedGem): string {
  return platform === 'ruby' ? version : `${version}-${platform}`;
}

/** When anything was published last; the same index has the same text, whenever it is rendered. */
function latest(packages: readonly StoredPackage[]): string {
  const times = packages.flatMap(({ versions }) => versions.map(({ publishedAt }) => publishedAt));
  return times.toSorted().at(-1) ?? '1970-01-01T00:00:00Z';
}
