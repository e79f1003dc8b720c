import type { Credential, HttpRequest, Identity, Remote } from '../../../model';
import { jsonAnswer } from '../../../text';

/** A key that may only write is refused this question (403), and is good all the same. */
export const identity: NonNullable<Remote['identity']> = {
  ask: ({ api }, credential) => get(`${api}/users/me`, credential),
  read(response): Identity {
    const { status } = response;
    if (status === 401)
      return { state: 'refused', reason: 'the registry does not know the key (401)' };
    if (status === 403) return { state: 'known', accounts: [] };
    const user = jsonAnswer<User>(response);
    if (!user) return { state: 'unknown', reason: `the registry answers ${status}` };
    const organizations = (user.organizations ?? []).map(({ name }) => name);
    return { state: 'known', accounts: [user.username, ...organizations] };
  },
};

/** A package of an organisation has the organisation among its owners, as a user. */
export const owners: NonNullable<Remote['owners']> = {
  ask: (name, { api }, credential) => get(`${api}/packages/${name}/owners`, credential),
  read(response) {
    if (response.status === 404) return { state: 'absent' };
    const found = jsonAnswer<readonly User[]>(response);
    if (!Array.isArray(found))
      return { state: 'unknown', reason: `the registry answers ${response.status}` };
    const names = (found as readonly User[]).map(({ username }) => username);
    return { state: 'known', owners: names, complete: true };
  },
};

interface User {
  readonly username: string;
  readonly organizations?: readonly { readonly name: string }[];
}

function get(url: string, { token }: Credential): HttpRequest {
  return {
    method: 'GET',
    url,
    headers: { accept: 'application/json', 'user-agent': 'forge-release' },
    secretHeaders: { authorization: token },
  };
}
