import type { Endpoints, HttpRequest, HttpResponse, Remote, RemoteFile } from '../../model';
import { escapeName, packedFilename, publishedVersion } from './names';
import { isObject, type JsonObject } from './package-json';
import { authorization, identity, owners, tags } from './access/rights';

/** Asks for the packument in npm's install form: the registry's own answer to every client, never behind its search. */
export const remote: Remote = {
  identity,
  owners,
  tags,
  lookup: (name, _version, endpoints) => packument(name, endpoints),
  presence(name, version, response) {
    if (response.status === 404) return { state: 'absent' };
    const versions = versionsOf(response);
    if (!versions) return { state: 'unknown', reason: `the registry answers ${response.status}` };
    const found = versions[publishedVersion(version)];
    if (found === undefined) return { state: 'absent' };
    const file = fileOf(name, version, found);
    if (!file) return { state: 'unknown', reason: `the registry gives no digest of ${version}` };
    return { state: 'present', files: [file], ...(isDeprecated(found) && { yanked: true }) };
  },
  versions: packument,
  authorize: (request, credential) => ({
    ...request,
    secretHeaders: { authorization: authorization(credential) },
  }),
  // What is published for members of a scope alone is 404 to everybody else.
  mayHide: (name) => name.startsWith('@'),
  parseVersions(_name, response) {
    if (response.status === 404) return [];
    const versions = versionsOf(response);
    return versions ? Object.keys(versions) : null;
  },
};

function packument(name: string, endpoints: Endpoints): HttpRequest {
  const registry = (endpoints['registry'] ?? '').replace(/\/+$/, '');
  const accept = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8';
  return { method: 'GET', url: `${registry}/${escapeName(name)}`, headers: { accept } };
}

/** Undefined when the answer says nothing. A name whose versions are all unpublished has none left. */
function versionsOf(response: HttpResponse): JsonObject | undefined {
  if (response.status < 200 || response.status > 299) return undefined;
  try {
    const json = JSON.parse(Buffer.from(response.body).toString('utf8')) as unknown;
    if (!isObject(json)) return undefined;
    return isObject(json['versions']) ? json['versions'] : {};
  } catch {
    // A proxy's page, not a registry's answer.
    return undefined;
  }
}

/** npm's nearest to a yank; an empty text takes it back. */
function isDeprecated(manifest: unknown): boolean {
  return isObject(manifest) && Boolean(manifest['deprecated']);
}

/** Named as `npm pack` names it, so that it can be compared with the artifact. */
function fileOf(name: string, version: string, manifest: unknown): RemoteFile | undefined {
  const dist = isObject(manifest) && isObject(manifest['dist']) ? manifest['dist'] : {};
  const { integrity, shasum, tarball } = dist;
  const sha512 = /(?:^|\s)sha512-([A-Za-z0-9+/=]+)/.exec(String(integrity ?? ''))?.[1];
  const digests = [
    ...(sha512 === undefined
      ? []
      : [{ algorithm: 'sha512' as const, value: Buffer.from(sha512, 'base64').toString('hex') }]),
    ...(typeof shasum === 'string'
      ? [{ algorithm: 'sha1' as const, value: shasum.toLowerCase() }]
      : []),
  ];
  if (digests.length === 0) return undefined;
  return { filename: packedFilename(name, version), url: String(tarball ?? ''), digests };
}
