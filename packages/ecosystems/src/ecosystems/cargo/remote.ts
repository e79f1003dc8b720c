import type { Endpoints, HttpRequest, HttpResponse, Remote } from '../../model';
import { indexPath, parseIndexFile } from './registry/index-file';

/** One sparse index file answers everything: which versions, with which digests, which are yanked. */
export const remote: Remote = {
  lookup: (name, _version, endpoints) => indexFile(name, endpoints),
  presence(name, version, response, endpoints) {
    if (isAbsent(response)) return { state: 'absent' };
    if (response.status !== 200)
      return { state: 'unknown', reason: `the index answers ${response.status}` };
    const line = linesOf(response).find(({ vers }) => vers === version);
    if (!line) return { state: 'absent' };
    const file = {
      filename: `${name}-${version}.crate`,
      url: `${endpoints['dl']}/${name}/${version}/download`,
      digests: [{ algorithm: 'sha256', value: line.cksum } as const],
    };
    return { state: 'present', files: [file], ...(line.yanked && { yanked: true }) };
  },
  versions: (name, endpoints) => indexFile(name, endpoints),
  parseVersions(_name, response) {
    if (isAbsent(response)) return [];
    return response.status === 200 ? linesOf(response).map(({ vers }) => vers) : null;
  },
};

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
