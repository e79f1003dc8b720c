import type { Credential, HttpRequest, HttpResponse, Identity, Remote } from '../../../model';
import { jsonAnswer } from '../../../text';
import { escapeName } from '../names';
import { isObject, type JsonObject } from '../package-json';

export const identity: NonNullable<Remote['identity']> = {
  ask: ({ registry }, credential) => get(`${registry}/-/whoami`, credential),
  read(response): Identity {
    const { status } = response;
    if (status === 401 || status === 403)
      return { state: 'refused', reason: `the registry answers ${status}` };
    const username = jsonOf(response)?.['username'];
    if (typeof username === 'string') return { state: 'known', accounts: [username] };
    return { state: 'unknown', reason: `the registry answers ${status}` };
  },
};

/** Of a scope and by teams others may publish as well, whom a packument does not name. */
export const owners: NonNullable<Remote['owners']> = {
  ask: (name, { registry }, credential) => get(`${registry}/${escapeName(name)}`, credential),
  read(response) {
    if (response.status === 404) return { state: 'absent' };
    const maintainers = jsonOf(response)?.['maintainers'];
    if (!Array.isArray(maintainers) || maintainers.length === 0)
      return { state: 'unknown', reason: 'the registry names no maintainers' };
    const names = maintainers.filter(isObject).map(({ name }) => String(name));
    return { state: 'known', owners: names, complete: false };
  },
};

export const tags: NonNullable<Remote['tags']> = {
  ask: (name, { registry }) => get(`${registry}/-/package/${escapeName(name)}/dist-tags`),
  read(response) {
    if (response.status === 404) return {};
    const found = jsonOf(response);
    if (!found) return null;
    return Object.fromEntries(Object.entries(found).map(([tag, to]) => [tag, String(to)]));
  },
};

function get(url: string, credential?: Credential): HttpRequest {
  return {
    method: 'GET',
    url: url.replace(/([^:])\/\/+/g, '$1/'),
    headers: { accept: 'application/json' },
    ...(credential && { secretHeaders: { authorization: authorization(credential) } }),
  };
}

export function authorization({ token, username }: Credential): string {
  if (username === undefined) return `Bearer ${token}`;
  return `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
}

function jsonOf(response: HttpResponse): JsonObject | undefined {
  const json = jsonAnswer<unknown>(response);
  return isObject(json) ? json : undefined;
}
