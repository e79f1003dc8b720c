import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Result,
  type WireCredentials,
  type WireRequest,
  type WireRoute,
} from '../../model';

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

function identityOf({ body }: WireRequest): Result<WireCredentials> {
  const jwt = jwtOf(Buffer.from(body).toString('utf8'));
  if (jwt !== undefined) return ok({ kind: 'identity', jwt, audience: (host) => host });
  return fail(new ForgeError('FORGE-R001', { what: 'the body has no `jwt`' }));
}

/** The action sends JSON; a form is taken as well, as by the routes for keys. */
function jwtOf(text: string): string | undefined {
  if (!text.startsWith('{')) return new URLSearchParams(text).get('jwt') ?? undefined;
  try {
    const { jwt } = JSON.parse(text) as { readonly jwt?: unknown };
    return typeof jwt === 'string' ? jwt : undefined;
  } catch {
    // The same answer as for JSON of another shape.
    return undefined;
  }
}
