import type { Endpoints, HttpRequest, HttpResponse, Remote } from '../../model';
import { jsonAnswer } from '../../text';
import { identity, owners } from './access/rights';

interface ReleaseAnswer {
  readonly checksum?: unknown;
  readonly retirement?: unknown;
}

interface PackageAnswer {
  readonly releases?: unknown;
}

/** The API answers JSON to who asks for it; hex.pm refuses requests without a user agent. */
const headers = { accept: 'application/json', 'user-agent': 'forge-release' };

export const remote: Remote = {
  identity,
  owners,
  authorize: (request, { token }) => ({ ...request, secretHeaders: { authorization: token } }),
  lookup: (name, version, endpoints) => get(endpoints, `packages/${name}/releases/${version}`),

  presence(name, version, response, endpoints) {
    if (response.status === 404) return { state: 'absent' };
    const release = json<ReleaseAnswer>(response);
    if (typeof release?.checksum !== 'string')
      return { state: 'unknown', reason: `the registry answers ${response.status}` };
    const filename = `${name}-${version}.tar`;
    return {
      state: 'present',
      files: [
        {
          filename,
          url: `${endpoints['repository']}/tarballs/${filename}`,
          digests: [{ algorithm: 'sha256', value: release.checksum.toLowerCase() }],
        },
      ],
      ...(release.retirement ? { yanked: true } : {}),
    };
  },

  versions: (name, endpoints) => get(endpoints, `packages/${name}`),

  parseVersions(_name, response) {
    if (response.status === 404) return [];
    const releases = json<PackageAnswer>(response)?.releases;
    if (!Array.isArray(releases)) return null;
    return (releases as readonly { readonly version?: unknown }[]).flatMap(({ version }) =>
      typeof version === 'string' ? [version] : [],
    );
  },
};

function get(endpoints: Endpoints, path: string): HttpRequest {
  return { method: 'GET', url: `${endpoints['api']}/${path}`, headers };
}

/** Undefined for what is no success or no JSON object: an answer that says nothing. */
function json<T extends object>(response: HttpResponse): T | undefined {
  const value = jsonAnswer<T | null>(response);
  return typeof value === 'object' && value !== null ? value : undefined;
}
