import { posix } from 'node:path';
import type { Endpoints, HttpRequest, HttpResponse, Remote } from '../../model';
import { indexPath, parseIndexFile } from './registry/index-file';
import { owners } from './access/rights';

/** One sparse index file answers everything: which versions, with which digests, which are yanked. */
export const remote: Remote = {
  owners,
  lookup: (name, _version, endpoints) => indexFile(name, endpoints),
  presence(name, version, response, endpoints) {
    if (isAbsent(response)) return { state: 'absent' };
    if (response.status !== 200)
      return { state: 'unknown', reason: `the index answers ${response.status}` };
    const line = linesOf(response).find(({ vers }) => vers === version);
    if (!line) return { state: 'absent' };
    const file = {
      filename: `${name}-${version}.crate`,
      url: downloadUrl(endpoints['dl'] ?? '', name, version, line.cksum),
      digests: [{ algorithm: 'sha256', value: line.cksum } as const],
    };
    return { state: 'present', files: [file], ...(line.yanked && { yanked: true }) };
  },
  versions: (name, endpoints) => indexFile(name, endpoints),
  authorize: (request, { token }) => ({ ...request, secretHeaders: { authorization: token } }),
  parseVersions(_name, response) {
    if (isAbsent(response)) return [];
    return response.status === 200 ? linesOf(response).map(({ vers }) => vers) : null;
  },
};

/** Markers as the registry index documentation lists them; without one the usual path is appended. */
function downloadUrl(dl: string, name: string, version: string, cksum: string): string {
  if (!dl.includes('{')) return `${dl}/${name}/${version}/download`;
  const prefix = posix.dirname(indexPath(name));
  const markers: Readonly<Record<string, string>> = {
    '{crate}': name,
    '{version}': version,
    '{prefix}': casedLike(name, prefix),
    '{lowerprefix}': prefix,
    '{sha256-checksum}': cksum,
  };
  return dl.replaceAll(/\{[a-z0-9-]+\}/g, (marker) => markers[marker] ?? marker);
}

/** The same directory in the spelling of the name. */
function casedLike(name: string, prefix: string): string {
  if (name.length <= 2) return prefix;
  return name.length === 3 ? `3/${name[0]}` : `${name.slice(0, 2)}/${name.slice(2, 4)}`;
}

function indexFile(name: string, endpoints: Endpoints): HttpRequest {
  return { method: 'GET', url: `${endpoints['index']}/${indexPath(name)}` };
}

/** The answers that cargo takes for "no such crate" (registry index documentation, sparse protocol). */
function isAbsent({ status }: HttpResponse): boolean {
  return status === 404 || status === 410 || status === 451;
}

function linesOf({ body }: HttpResponse): ReturnType<typeof parseIndexFile> {
  return parseIndexFile(Buffer.from(body).toString('utf8'));
}
