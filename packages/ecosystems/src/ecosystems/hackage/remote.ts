import { createHash } from 'node:crypto';
import type { Endpoints, HttpResponse, Presence, Remote } from '../../model';
import { parseJson } from '../../text';
import { parseNative } from './native-version';
import { compareComponents, parseVersion } from './pvp';
import { readSdist } from './sdist-archive';
import { authorization } from './access/authorization';
import { owners } from './access/rights';

/** Hackage publishes no digest outside of its signed index, so the tarball itself is asked for and hashed. */
export const remote: Remote = {
  owners,
  lookup: (name, version, endpoints) => ({
    method: 'GET',
    url: tarballUrl(name, version, endpoints),
  }),

  presence(name, version, response, endpoints): Presence {
    if (response.status === 404) return { state: 'absent' };
    if (!isSuccess(response))
      return { state: 'unknown', reason: `the registry answers ${response.status}` };
    const native = parseNative(version);
    if (native?.candidate !== undefined && candidateIn(response.body) !== native.candidate)
      return { state: 'absent' };
    const filename = `${name}-${native?.released ?? version}.tar.gz`;
    const value = createHash('sha256').update(response.body).digest('hex');
    const url = tarballUrl(name, version, endpoints);
    return {
      state: 'present',
      files: [{ filename, url, digests: [{ algorithm: 'sha256', value }] }],
    };
  },

  authorize: (request, credential) => ({ ...request, ...authorization(credential) }),

  versions: (name, endpoints) => ({
    method: 'GET',
    url: `${endpoints['repository'] ?? ''}/package/${encodeURIComponent(name)}/preferred`,
    headers: { accept: 'application/json' },
  }),

  parseVersions(_, response) {
    if (response.status === 404) return [];
    return isSuccess(response) ? listed(response.body) : null;
  },
};

/** With the directory: the form that Hackage itself redirects to is the one without. */
function tarballUrl(name: string, version: string, endpoints: Endpoints): string {
  const native = parseNative(version);
  const id = encodeURIComponent(`${name}-${native?.released ?? version}`);
  const directory = native?.candidate === undefined ? id : `${id}/candidate`;
  return `${endpoints['repository'] ?? ''}/package/${directory}/${id}.tar.gz`;
}

/**
 * Hackage holds one candidate of a version, whichever was uploaded last, and only the archive itself says which.
 * Undefined for what is no archive, or does not say it.
 */
function candidateIn(body: Uint8Array): string | undefined {
  const archive = readSdist(body);
  return archive.ok ? archive.value.candidate : undefined;
}

/** `{"normal-version":["1.1","1.0"],"deprecated-version":["0.9"]}`; the second is there only when it has members. */
function listed(body: Uint8Array): readonly string[] | null {
  const document = parseJson(body);
  if (typeof document !== 'object' || document === null) return null;
  const lists = document as Readonly<Record<string, unknown>>;
  const all = ['normal-version', 'deprecated-version', 'unpreferred-version']
    .flatMap((key) => lists[key] ?? [])
    .filter((each): each is string => typeof each === 'string');
  return all.sort((a, b) => compareComponents(parseVersion(a) ?? [], parseVersion(b) ?? []));
}

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}
