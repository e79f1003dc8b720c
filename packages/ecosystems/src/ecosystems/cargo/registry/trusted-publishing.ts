import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Result,
  type WireCredentials,
  type WireRequest,
  type WireRoute,
} from '../../../model';
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
  const jwt = jwtOf(body);
  if (jwt !== undefined) return ok({ kind: 'identity', jwt, audience: (host) => host });
  return fail(new ForgeError('FORGE-R001', { what: 'the body has no `jwt`' }));
}

function jwtOf(body: Uint8Array): string | undefined {
  try {
    const { jwt } = JSON.parse(Buffer.from(body).toString('utf8')) as { readonly jwt?: unknown };
    return typeof jwt === 'string' ? jwt : undefined;
  } catch {
    // The same answer as for JSON of another shape.
    return undefined;
  }
}
