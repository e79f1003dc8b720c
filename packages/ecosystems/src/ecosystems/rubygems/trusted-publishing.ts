import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Result,
  type WireCredentials,
  type WireRequest,
  type WireRoute,
} from '../../model';
import { jsonMembers } from '../../text';

/** What rubygems.org's action for trusted publishing asks: a key for the identity of a job. */
export const trustedPublishingRoutes: readonly WireRoute[] = [
  {
    kind: 'sign-in',
    method: 'POST',
    path: '/api/v1/oidc/trusted_publisher/exchange_token',
    credentials: identityOf,
    respond: ({ secret, name, expiresAt }) => ({
      status: 201,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        rubygems_api_key: secret,
        name,
        scopes: ['push_rubygem'],
        expires_at: expiresAt,
      }),
    }),
  },
];

/** The action sends JSON; a form is taken as well, as by the routes for keys. */
function identityOf({ body }: WireRequest): Result<WireCredentials> {
  const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
  const jwt = jsonMembers(body)['jwt'] ?? form.get('jwt');
  if (typeof jwt === 'string') return ok({ kind: 'identity', jwt, audience: (host) => host });
  return fail(new ForgeError('FORGE-R001', { what: 'the body has no `jwt`' }));
}
