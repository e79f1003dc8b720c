import type { FastifyRequest } from 'fastify';
import { authenticate } from '../http/authorization';
import { openTokens, tokenUser, type Store } from '../store';
import type { Caller } from './route';

/** Whose token came with a request; `undefined` without a valid one. */
export type Identify = (request: FastifyRequest) => Promise<Caller | undefined>;

/** Tokens of the server may do all that their user may; the user of its own token minds the whole server. */
export function identifyBy(store: Store): Identify {
  const tokens = openTokens(store.db);
  return async ({ method, headers, raw }) => {
    const from = { method, target: raw.url ?? '', authorization: headers.authorization };
    const user = await authenticate(tokens, from, undefined);
    return user === undefined
      ? undefined
      : { user, isAdmin: user === tokenUser, permits: () => true };
  };
}
