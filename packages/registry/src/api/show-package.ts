import type { Ecosystem, StoredPackage, StoredVersion } from '@forge/ecosystems';
import type { HttpConfig } from '../http/config';
import type { FoundNames } from '../store';
import type { FoundVersion } from './addresses';
import { latestOf } from './latest';

/** A package with all its versions, as the management API shows it. */
export function showPackage(ecosystem: Ecosystem, found: StoredPackage) {
  const latest = latestOf(ecosystem, found);
  return {
    ecosystem: ecosystem.id,
    name: found.name,
    latest: latest.version,
    description: ecosystem.contents.describe(latest.metadata),
    owners: [...found.owners],
    tags: { ...found.tags },
    versions: found.versions.map(showVersion),
  };
}

export function showOneVersion({ ecosystem, found, version }: FoundVersion) {
  const manifest = ecosystem.contents.describe(version.metadata);
  return { ecosystem: ecosystem.id, name: found.name, ...showVersion(version), manifest };
}

function showVersion({ version, publishedAt, yanked, notice, files }: StoredVersion) {
  return {
    version,
    publishedAt,
    yanked,
    ...(notice && { notice: { ...notice } }),
    files: files.map(({ filename, size, sha256 }) => ({ filename, size, sha256 })),
  };
}

/** A page of a list. What was taken back since it was found is left out. */
export async function showList(
  { ecosystems, store }: HttpConfig,
  { found, total }: FoundNames,
  page: number,
) {
  const packages = await Promise.all(
    found.map(async ({ ecosystem: id, normalizedName }) => {
      const ecosystem = ecosystems.find((each) => each.id === id);
      const each = ecosystem && (await store.catalog.package(id, normalizedName));
      if (!each) return [];
      const latest = latestOf(ecosystem, each);
      const { summary, keywords } = ecosystem.contents.describe(latest.metadata);
      const { version, publishedAt } = latest;
      return [{ ecosystem: id, name: each.name, version, summary, keywords, publishedAt }];
    }),
  );
  return { packages: packages.flat(), total, page };
}
