import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Result,
  type WireCredentials,
  type WireRequest,
  type WireRoute,
} from '../../model';
import { json } from './answer';

/**
 * Before `npm publish` in CI asks for anything else (11.5.1 and later), it changes the identity of the job for a token
 * of the package: at the root of the host, whatever the path of the registry is. What fails there is not told.
 */
export const trustedPublishingRoutes: readonly WireRoute[] = [
  {
    kind: 'sign-in',
    method: 'POST',
    path: '/-/npm/v1/oidc/token/exchange/package/:name',
    credentials: identityOf,
    respond: ({ secret, createdAt, expiresAt }) =>
      json(201, { token_type: 'oidc', token: secret, created: createdAt, expires: expiresAt }),
  },
];

function identityOf({ params, headers }: WireRequest): Result<WireCredentials> {
  const [, jwt] = /^Bearer (\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  if (jwt === undefined)
    return fail(new ForgeError('FORGE-R001', { what: 'the request has no identity' }));
  const packageName = params['name'] ?? '';
  return ok({ kind: 'identity', jwt, packageName, audience: (host) => `npm:${host}` });
}
