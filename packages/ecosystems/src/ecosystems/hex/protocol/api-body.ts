import type { Json, StoredPackage, StoredVersion } from '../../../model';
import { requirements } from '../requirement';
import { retirementOf } from '../retirement';
import { packageFacts } from '../stored';

/** `GET /packages/NAME/releases/VERSION`; `checksum` is the sha256 of the tarball. */
export function releaseBody(found: StoredPackage, stored: StoredVersion, baseUrl: string): Json {
  const { app, buildTools, requirements: needed } = packageFacts(stored.metadata);
  const entries = needed.map(({ name, app: application, requirement, optional }) => [
    name,
    { app: application, requirement, optional },
  ]);
  return {
    version: stored.version,
    checksum: stored.files[0]?.sha256 ?? '',
    url: releaseUrl(found, stored, baseUrl),
    html_url: releaseUrl(found, stored, baseUrl),
    package_url: packageUrl(found, baseUrl),
    inserted_at: stored.publishedAt,
    updated_at: stored.publishedAt,
    has_docs: hasDocs(stored),
    meta: { app, build_tools: [...buildTools] },
    requirements: Object.fromEntries(entries) as Json,
    retirement: retirementOf(stored),
  };
}

/** `GET /packages/NAME`, the newest release first. */
export function packageBody(found: StoredPackage, baseUrl: string): Json {
  const newest = found.versions.findLast(({ yanked }) => !yanked) ?? found.versions.at(-1);
  const { description, licenses } = packageFacts(newest?.metadata ?? null);
  return {
    name: found.name,
    repository: 'hexpm',
    url: packageUrl(found, baseUrl),
    html_url: packageUrl(found, baseUrl),
    inserted_at: found.versions[0]?.publishedAt ?? '',
    updated_at: newest?.publishedAt ?? '',
    meta: { description, licenses: [...licenses], links: {} },
    releases: found.versions
      .map((stored) => ({
        version: stored.version,
        url: releaseUrl(found, stored, baseUrl),
        inserted_at: stored.publishedAt,
        has_docs: hasDocs(stored),
      }))
      .reverse(),
    configs: newest ? configs(found.name, newest.version) : {},
    downloads: {},
    retirements: Object.fromEntries(
      found.versions
        .filter(({ yanked }) => yanked)
        .map((stored) => [stored.version, retirementOf(stored)]),
    ),
    owners: found.owners.map((username) => ({ username, email: `${username}@localhost` })),
  };
}

function hasDocs({ attachments = [] }: StoredVersion): boolean {
  return attachments.length > 0;
}

/** What `mix hex.info` prints to be pasted into a manifest. */
function configs(name: string, version: string): Json {
  const requirement = requirements.default(version);
  return {
    'mix.exs': `{:${name}, "${requirement}"}`,
    'rebar.config': `{${name}, "${version}"}`,
  };
}

function packageUrl({ name }: StoredPackage, baseUrl: string): string {
  return `${baseUrl}/api/packages/${name}`;
}

function releaseUrl(found: StoredPackage, { version }: StoredVersion, baseUrl: string): string {
  return `${packageUrl(found, baseUrl)}/releases/${version}`;
}
