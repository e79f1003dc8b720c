import type {
  Credential,
  Endpoints,
  HttpRequest,
  HttpResponse,
  Presence,
  Remote,
  RemoteFile,
} from '../../model';
import { parseJson } from '../../text';
import { gemFilename } from './gem-filename';
import { compareVersions, isVersion } from './version-number';
import { identity, owners } from './access/rights';

/** One file of a gem in `GET /api/v1/versions/NAME.json`; yanked ones are not listed. */
interface ListedGem {
  readonly number: string;
  readonly platform: string;
  readonly sha: string;
}

/** Asks the registry's JSON API. One answer lists every file of a gem, platform by platform, with its sha256. */
export const remote: Remote = {
  lookup,
  presence,
  versions: listing,
  authorize,
  parseVersions,
  identity,
  owners,
};

/** As `gem` reads from a source with a name in its address, or else by the key alone. */
function authorize(request: HttpRequest, { token, username }: Credential): HttpRequest {
  const basic = Buffer.from(`${username}:${token}`).toString('base64');
  const authorization = username === undefined ? token : `Basic ${basic}`;
  return { ...request, secretHeaders: { authorization } };
}

function lookup(name: string, _version: string, endpoints: Endpoints): HttpRequest {
  return listing(name, endpoints);
}

function listing(name: string, { host }: Endpoints): HttpRequest {
  const url = `${host}/api/v1/versions/${encodeURIComponent(name)}.json`;
  return { method: 'GET', url, headers: { accept: 'application/json' } };
}

function presence(
  name: string,
  version: string,
  response: HttpResponse,
  { host }: Endpoints,
): Presence {
  if (response.status === 404) return { state: 'absent' };
  if (response.status !== 200)
    return { state: 'unknown', reason: `the registry answers ${response.status}` };
  const listed = parseListing(response);
  if (!listed) return { state: 'unknown', reason: 'the answer is no list of versions' };
  const files = listed
    .filter(({ number }) => isVersion(number) && compareVersions(number, version) === 0)
    .map((gem): RemoteFile => {
      const filename = gemFilename(name, gem.number, gem.platform);
      const digests = [{ algorithm: 'sha256', value: gem.sha.toLowerCase() }] as const;
      return { filename, url: `${host}/gems/${filename}`, digests };
    });
  return files.length > 0 ? { state: 'present', files } : { state: 'absent' };
}

function parseVersions(_name: string, response: HttpResponse): readonly string[] | null {
  if (response.status === 404) return [];
  const listed = response.status === 200 ? parseListing(response) : undefined;
  return listed ? [...new Set(listed.map(({ number }) => number))] : null;
}

function parseListing({ body }: HttpResponse): readonly ListedGem[] | undefined {
  const parsed = parseJson(body);
  return Array.isArray(parsed) && parsed.every(isListedGem) ? parsed : undefined;
}

function isListedGem(value: unknown): value is ListedGem {
  const { number, platform, sha } = (value ?? {}) as Partial<Record<keyof ListedGem, unknown>>;
  return [number, platform, sha].every((field) => typeof field === 'string');
}
