import type { Json, StoredPackage, StoredVersion } from '../../../model';
import { requirements } from '../requirement';
import { retirementOf } from '../retirement';
import { packageFacts } from '../stored';
import { versions } from '../versions';

/** Whose answer it is: where the API is, and the name of the repository that was asked. */
export interface Asked {
  readonly baseUrl: string;
  readonly repository: string;
}

/** `GET /packages/NAME/releases/VERSION`; `checksum` is the sha256 of the tarball. */
export function releaseBody(found: StoredPackage, stored: StoredVersion, asked: Asked): Json {
  const { app, buildTools, requirements: needed } = packageFacts(stored.metadata);
  const entries = needed.map(({ name, app: application, requirement, optional }) => [
    name,
    { app: application, requirement, optional },
  ]);
  return {
    version: stored.version,
    checksum: stored.files[0]?.sha256 ?? '',
    url: releaseUrl(found, stored, asked),
    html_url: releaseUrl(found, stored, asked),
    package_url: packageUrl(found.name, asked),
    inserted_at: stored.publishedAt,
    updated_at: stored.publishedAt,
    has_docs: hasDocs(stored),
    meta: { app, build_tools: [...buildTools] },
    requirements: Object.fromEntries(entries) as Json,
    retirement: retirementOf(stored),
    configs: configs(found.name, stored.version),
  };
}

/** `GET /packages/NAME`, the highest version first, whichever came last: `mix hex.package search` shows the first stable one. */
export function packageBody(found: StoredPackage, asked: Asked): Json {
  const sorted = found.versions.toSorted((a, b) => versions.compare(b.version, a.version));
  const standing = sorted.filter(({ yanked }) => !yanked);
  const newest = standing.find(isStable) ?? standing[0] ?? sorted[0];
  const { description, licenses, links } = packageFacts(newest?.metadata ?? null);
  return {
    name: found.name,
    repository: asked.repository,
    url: packageUrl(found.name, asked),
    html_url: packageUrl(found.name, asked),
    inserted_at: found.versions[0]?.publishedAt ?? '',
    updated_at: found.versions.at(-1)?.publishedAt ?? '',
    meta: { description, licenses: [...licenses], links },
    latest_version: sorted[0]?.version ?? null,
    latest_stable_version: sorted.find(isStable)?.version ?? null,
    releases: sorted.map((stored) => ({
      version: stored.version,
      url: releaseUrl(found, stored, asked),
      inserted_at: stored.publishedAt,
      has_docs: hasDocs(stored),
    })),
    configs: newest ? configs(found.name, newest.version) : {},
    downloads: {},
    retirements: Object.fromEntries(
      sorted.filter(({ yanked }) => yanked).map((each) => [each.version, retirementOf(each)]),
    ),
    owners: found.owners.map((username) => ({ username, email: `${username}@localhost` })),
  };
}

/** A package among those of a user: `mix hex.owner packages` prints name and address. */
export function ownedBody(name: string, asked: Asked): Json {
  const url = packageUrl(name, asked);
  return { name, repository: asked.repository, url, html_url: url };
}

function isStable({ version }: StoredVersion): boolean {
  return !versions.isPrerelease(version);
}

function hasDocs({ attachments = [] }: StoredVersion): boolean {
  return attachments.length > 0;
}

/** What `mix hex.info` prints to be pasted into a manifest; without it Hex 2.5 ends in an exception. */
function configs(name: string, version: string): Json {
  const requirement = requirements.default(version);
  return {
    'mix.exs': `{:${name}, "${requirement}"}`,
    'rebar.config': `{${name}, "${version}"}`,
  };
}

function packageUrl(name: string, { baseUrl }: Asked): string {
  return `${baseUrl}/api/packages/${name}`;
}

function releaseUrl(found: StoredPackage, { version }: StoredVersion, asked: Asked): string {
  return `${packageUrl(found.name, asked)}/releases/${version}`;
}
