import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Result,
  type WireCredentials,
  type WireRequest,
  type WireRoute,
} from '../../../model';
import { jsonMembers } from '../../../text';
import { json } from './answer';

/** What crates.io's action for trusted publishing asks: an identity for a token, and the end of that token. */
export const trustedPublishingRoutes: readonly WireRoute[] = [
  {
    kind: 'sign-in',
    method: 'PUT',
    path: '/api/v1/trusted_publishing/tokens',
    credentials: identityOf,
    respond: ({ secret }) => json(200, { token: secret ?? '' }),
  },
  {
    kind: 'token',
    method: 'DELETE',
    path: '/api/v1/trusted_publishing/tokens',
    order: () => ok({ act: 'revoke', which: 'this' }),
    respond: () => ({ status: 204, body: '' }),
  },
];

/** Made for the host of the registry: crates.io's own identities are for `crates.io`. */
function identityOf({ body }: WireRequest): Result<WireCredentials> {
  const { jwt } = jsonMembers(body);
  if (typeof jwt === 'string') return ok({ kind: 'identity', jwt, audience: (host) => host });
  return fail(new ForgeError('FORGE-R001', { what: 'the body has no `jwt`' }));
}
