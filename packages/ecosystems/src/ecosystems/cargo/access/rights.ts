import type { Ownership, Remote } from '../../../model';
import { jsonAnswer } from '../../../text';
import { publicEndpoints } from '../endpoints';

/**
 * crates.io tells everybody who owns a crate; other registries may want the token for it. Whose a token is no
 * registry of crates tells: `/api/v1/me` of crates.io is for browsers only.
 */
export const owners: NonNullable<Remote['owners']> = {
  ask: (name, { api, index }, { token }) => ({
    method: 'GET',
    url: `${api}/api/v1/crates/${name}/owners`,
    headers: { accept: 'application/json', 'user-agent': 'forge-release' },
    ...(index === publicEndpoints.index ? {} : { secretHeaders: { authorization: token } }),
  }),
  read(response): Ownership {
    const { status } = response;
    if (status === 404) return { state: 'absent' };
    const users = jsonAnswer<{ users?: readonly { login: string }[] }>(response)?.users;
    if (!users) return { state: 'unknown', reason: `the registry answers ${status}` };
    const logins = users.map(({ login }) => login);
    // `github:acme:crates`: a team, and who is in it is not told.
    const complete = !logins.some((login) => login.includes(':'));
    return { state: 'known', owners: logins, complete };
  },
};
