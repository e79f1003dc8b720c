import type { Identity, Remote } from '../../../model';
import { jsonAnswer } from '../../../text';

/** The gems of the key's owner: a key that may only push is refused them (403), and is good all the same. */
export const identity: NonNullable<Remote['identity']> = {
  ask: ({ host }, { token }) => ({
    method: 'GET',
    url: `${host}/api/v1/gems.json`,
    headers: { accept: 'application/json' },
    secretHeaders: { authorization: token },
  }),
  read({ status }): Identity {
    if (status === 401)
      return { state: 'refused', reason: 'the registry does not know the key (401)' };
    if (status === 200 || status === 403) return { state: 'known', accounts: [] };
    return { state: 'unknown', reason: `the registry answers ${status}` };
  },
};

/** Everybody may ask. */
export const owners: NonNullable<Remote['owners']> = {
  ask: (name, { host }) => ({
    method: 'GET',
    url: `${host}/api/v1/gems/${encodeURIComponent(name)}/owners.json`,
    headers: { accept: 'application/json' },
  }),
  read(response) {
    const { status } = response;
    if (status === 404) return { state: 'absent' };
    const found = jsonAnswer<readonly { handle?: string }[]>(response);
    if (!Array.isArray(found))
      return { state: 'unknown', reason: `the registry answers ${status}` };
    return {
      state: 'known',
      owners: (found as readonly { handle?: string }[]).flatMap(({ handle }) => handle ?? []),
      complete: true,
    };
  },
};
