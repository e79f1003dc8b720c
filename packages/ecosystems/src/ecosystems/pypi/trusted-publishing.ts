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

/**
 * What `uv publish --trusted-publishing` and PyPI's action ask, at the root of the host that they upload to: for whom
 * an identity has to be made, and a token for it.
 */
export const trustedPublishingRoutes: readonly WireRoute[] = [
  {
    kind: 'static',
    method: 'GET',
    path: '/_/oidc/audience',
    isOpen: true,
    respond: (_, { baseUrl }) => json({ audience: new URL(baseUrl).hostname }),
  },
  ...['/_/oidc/mint-token', '/_/oidc/mint-token/'].map((path): WireRoute => ({
    kind: 'sign-in',
    method: 'POST',
    path,
    credentials: identityOf,
    respond: ({ secret, expiresAt = '' }) =>
      json({ success: true, token: secret, expires: Math.floor(Date.parse(expiresAt) / 1000) }),
  })),
];

function identityOf({ body }: WireRequest): Result<WireCredentials> {
  const { token: jwt } = jsonMembers(body);
  if (typeof jwt === 'string') return ok({ kind: 'identity', jwt, audience: (host) => host });
  return fail(new ForgeError('FORGE-R001', { what: 'the body has no `token`' }));
}

function json(body: object) {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
