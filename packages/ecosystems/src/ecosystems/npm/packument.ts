import type { DigestAlgorithm, StoredPackage, StoredVersion } from '../../model';
import semver from 'semver';
import { installForm, type Names } from './answer';
import { isObject, type JsonObject } from './package-json';
import { accountOf, deprecationOf, revisionOf } from './standing';

/** The members of the install form, from npm's registry documentation (package-metadata.md). */
const installMembers = new Set([
  ...[
    'name',
    'version',
    'deprecated',
    'dist',
    'bin',
    'directories',
    'engines',
    'os',
    'cpu',
    'libc',
  ],
  ...['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies'],
  ...['peerDependenciesMeta', 'bundleDependencies', 'bundledDependencies', 'acceptDependencies'],
  ...['funding', 'hasInstallScript', '_hasShrinkwrap'],
]);

export function renderDocument(
  found: StoredPackage,
  names: Names,
  headers: Readonly<Record<string, string>>,
  baseUrl: string,
): { readonly body: unknown; readonly type: string } | undefined {
  const short = (headers['accept'] ?? '').trimStart().startsWith(installForm);
  const type = short ? installForm : 'application/json';
  if (names.version === undefined) return { body: renderPackument(found, short, baseUrl), type };
  const wanted = renderTags(found)[names.version] ?? names.version;
  const version = found.versions.find(({ version }) => version === wanted);
  return (
    version && { body: renderVersion(found, version, false, baseUrl), type: 'application/json' }
  );
}

/** `time` is in both forms: npm 11 asks for the full one because of it, others filter by it. */
function renderPackument(found: StoredPackage, short: boolean, baseUrl: string): JsonObject {
  const { name, versions } = found;
  const dates = versions.map(({ publishedAt }) => publishedAt).sort();
  const modified = dates.at(-1) ?? '';
  return {
    ...(short
      ? {}
      : { _id: name, _rev: revisionOf(found), maintainers: found.owners.map(accountOf) }),
    name,
    modified,
    'dist-tags': renderTags(found),
    versions: Object.fromEntries(
      versions.map((each) => [each.version, renderVersion(found, each, short, baseUrl)]),
    ),
    time: {
      created: dates[0] ?? '',
      modified,
      ...Object.fromEntries(versions.map((each) => [each.version, each.publishedAt])),
    },
  };
}

function renderVersion(
  found: StoredPackage,
  stored: StoredVersion,
  short: boolean,
  baseUrl: string,
): JsonObject {
  const { version, metadata, files } = stored;
  const manifest = isObject(metadata) ? metadata : {};
  const members = Object.entries({ ...manifest, ...installScript(manifest) });
  const file = files[0];
  const hex = (wanted: DigestAlgorithm): string =>
    file?.digests.find(({ algorithm }) => algorithm === wanted)?.value ?? '';
  return {
    ...Object.fromEntries(short ? members.filter(([key]) => installMembers.has(key)) : members),
    ...(stored.yanked ? { deprecated: deprecationOf(stored) } : {}),
    name: found.name,
    version,
    dist: {
      integrity: `sha512-${Buffer.from(hex('sha512'), 'hex').toString('base64')}`,
      shasum: hex('sha1'),
      // By the URL that the client reached us with: what it sent on publish names another host.
      tarball: `${baseUrl}/${found.name}/-/${file?.filename ?? ''}`,
    },
  };
}

/** The install form leaves `scripts` out, so npm is told in one word whether there is something to run. */
function installScript({ scripts }: JsonObject): JsonObject {
  const events = isObject(scripts) ? Object.keys(scripts) : [];
  const runs = events.some((event) => ['preinstall', 'install', 'postinstall'].includes(event));
  return runs ? { hasInstallScript: true } : {};
}

/** Tags of versions that exist. `latest` is always there: npm installs it when nothing is said. */
export function renderTags({ tags, versions }: StoredPackage): Readonly<Record<string, string>> {
  const known = new Set(versions.map(({ version }) => version));
  const ordered = semver.rsort([...known]);
  const latest = ordered.find((version) => !semver.prerelease(version)) ?? ordered[0];
  return {
    ...(latest === undefined ? {} : { latest }),
    ...Object.fromEntries(Object.entries(tags).filter(([, version]) => known.has(version))),
  };
}
