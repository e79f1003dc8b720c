import type { Endpoints, HttpRequest, HttpResponse, Remote } from '../../model';
import type { PackageDocument } from './wire';

export const remote: Remote = {
  authorize: (request, { token }) => ({
    ...request,
    secretHeaders: { authorization: `Bearer ${token}` },
  }),
  lookup: (name, _version, endpoints) => document(name, endpoints),
  presence(_name, version, response) {
    if (response.status === 404) return { state: 'absent' };
    const found = parse(response)?.versions[version];
    if (response.status !== 200) return { state: 'unknown', reason: `status ${response.status}` };
    if (!found) return { state: 'absent' };
    const { filename, url, sha256, hidden } = found;
    return {
      state: 'present',
      files: [{ filename, url, digests: [{ algorithm: 'sha256', value: sha256 }] }],
      ...(hidden === true && { yanked: true }),
    };
  },
  versions: document,
  parseVersions(_name, response) {
    if (response.status === 404) return [];
    const found = parse(response);
    return found ? Object.keys(found.versions) : null;
  },
};

function document(name: string, endpoints: Endpoints): HttpRequest {
  return { method: 'GET', url: `${endpoints['api']}/packages/${name}` };
}

function parse(response: HttpResponse): PackageDocument | undefined {
  if (response.status !== 200) return undefined;
  return JSON.parse(Buffer.from(response.body).toString()) as PackageDocument;
}
