import type { Digest, HttpRequest, HttpResponse, Presence, Remote, RemoteFile } from '../../model';
import { parseJson } from '../../text';
import { normalizeName } from './names';
import { partsOf } from './version-parts';
import { versions } from './versions';
import { owners } from './access/rights';

interface ReleaseDocument {
  readonly info?: { readonly version?: string; readonly yanked?: boolean };
  readonly urls?: readonly FileDocument[];
  readonly releases?: Readonly<Record<string, readonly unknown[]>>;
}

interface FileDocument {
  readonly filename?: string;
  readonly url?: string;
  readonly digests?: Readonly<Record<string, string>>;
}

/** PyPI's JSON API, which finds a version by PEP 440's equality: `0.1.8.0` is `0.1.8`. */
export const remote: Remote = {
  owners,
  lookup: (name, version, { json }) =>
    get(`${json}/${normalizeName(name)}/${encodeURIComponent(version)}/json`),
  presence: (_name, version, response) => presenceOf(version, response),
  versions: (name, { json }) => get(`${json}/${normalizeName(name)}/json`),
  authorize(request, { token, username = '__token__' }) {
    const basic = Buffer.from(`${username}:${token}`).toString('base64');
    return { ...request, secretHeaders: { authorization: `Basic ${basic}` } };
  },
  parseVersions: (_name, response) => {
    if (response.status === 404) return [];
    const document = response.status === 200 ? parse(response) : undefined;
    return document?.releases ? Object.keys(document.releases) : null;
  },
};

function get(url: string): HttpRequest {
  return { method: 'GET', url, headers: { accept: 'application/json' } };
}

function presenceOf(version: string, response: HttpResponse): Presence {
  if (response.status === 404) return { state: 'absent' };
  if (response.status !== 200)
    return { state: 'unknown', reason: `the index answers ${response.status}` };
  const document = parse(response);
  const found = document?.info?.version;
  if (!document?.urls || found === undefined || !partsOf(found))
    return { state: 'unknown', reason: 'the index answers something else than a release' };
  if (versions.compare(found, version) !== 0) return { state: 'absent' };
  const files = document.urls.flatMap(remoteFile);
  return { state: 'present', files, ...(document.info?.yanked === true && { yanked: true }) };
}

function remoteFile({ filename, url, digests = {} }: FileDocument): RemoteFile[] {
  const known: Digest[] = (['sha256', 'md5'] as const).flatMap((algorithm) => {
    const value = digests[algorithm];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (filename === undefined || url === undefined || known.length === 0) return [];
  return [{ filename, url, digests: known }];
}

/** What is no JSON says nothing about the release: the caller makes `unknown` of it. */
function parse({ body }: HttpResponse): ReleaseDocument | undefined {
  const document = parseJson(body);
  return typeof document === 'object' && document !== null ? document : undefined;
}
