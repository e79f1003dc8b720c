import type { StoredPackage, StoredVersion, WireContext, WireResponse } from '../../model';
import { parseDistributionName } from './distribution-name';
import { distributionsOf, fileUrl } from './simple-index';
import { partsOf } from './version-parts';
import { versions } from './versions';

/** `GET /pypi/{name}/json`: the newest version, and the files of all. */
export function projectJson(found: StoredPackage, context: WireContext): WireResponse | undefined {
  const newest = newestOf(found.versions);
  if (!newest) return undefined;
  const releases = found.versions.map((version) => [
    version.version,
    filesOf(found, version, context),
  ]);
  return json({ ...release(found, newest, context), releases: Object.fromEntries(releases) });
}

/** `GET /pypi/{name}/{version}/json`; the version in any spelling that PEP 440 calls equal. */
export function releaseJson(
  found: StoredPackage,
  asked: string,
  context: WireContext,
): WireResponse | undefined {
  if (!partsOf(asked)) return undefined;
  const version = found.versions.find((each) => versions.compare(each.version, asked) === 0);
  return version && json(release(found, version, context));
}

/** A final version that is not yanked before any other. */
function newestOf(candidates: readonly StoredVersion[]): StoredVersion | undefined {
  const rank = ({ version, yanked }: StoredVersion): number =>
    (yanked ? 0 : 2) + (versions.isPrerelease(version) ? 0 : 1);
  return [...candidates]
    .sort((a, b) => rank(a) - rank(b) || versions.compare(a.version, b.version))
    .at(-1);
}

function release(found: StoredPackage, version: StoredVersion, context: WireContext) {
  return {
    info: {
      ...(version.metadata as object),
      name: found.name,
      version: version.version,
      yanked: version.yanked,
      yanked_reason: version.notice?.message ?? null,
    },
    last_serial: 0,
    urls: filesOf(found, version, context),
    vulnerabilities: [],
  };
}

function filesOf(found: StoredPackage, version: StoredVersion, context: WireContext) {
  const { requires_python = null } = version.metadata as {
    readonly requires_python?: string | null;
  };
  return distributionsOf(version).map(({ filename, size, digests }) => {
    const name = parseDistributionName(filename);
    return {
      filename,
      url: fileUrl(found.name, filename, context),
      digests: Object.fromEntries(digests.map(({ algorithm, value }) => [algorithm, value])),
      packagetype: name?.kind ?? 'sdist',
      python_version: name?.python ?? 'source',
      requires_python,
      size,
      upload_time_iso_8601: version.publishedAt,
      yanked: version.yanked,
      yanked_reason: version.notice?.message ?? null,
    };
  });
}

function json(document: object): WireResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(document),
  };
}
