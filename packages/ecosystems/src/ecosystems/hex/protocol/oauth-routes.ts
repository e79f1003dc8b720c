import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Result,
  type WireCredentials,
  type WireRequest,
  type WireRoute,
} from '../../../model';
import { answer } from './answer';
import { bodyOf } from './body';

/** Hex asks anew five minutes before the end. */
const goodForSeconds = 60 * 60;

/**
 * OAuth, as far as Hex 2.5 cannot do without. It changes the `--auth-key` of the repository `hexpm` for a token before it
 * reads, and where nobody does that, waits a minute and ends in an exception. A key of this registry is good for reading
 * as it is, so it is given back as its own token.
 */
export function oauthRoutes(base: string): readonly WireRoute[] {
  return [
    {
      kind: 'sign-in',
      method: 'POST',
      path: `${base}/oauth/token`,
      bringsToken: true,
      credentials: keyOf,
      respond: ({ secret = '' }, request) =>
        answer(request, 200, {
          access_token: secret,
          token_type: 'bearer',
          expires_in: goodForSeconds,
        }),
    },
    {
      kind: 'sign-in',
      method: 'POST',
      path: `${base}/oauth/device_authorization`,
      credentials: noDevices,
      respond: (_, request) => answer(request, 200, {}),
    },
  ];
}

function keyOf(request: WireRequest): Result<WireCredentials> {
  const fields = bodyOf(request);
  if (fields.get('grant_type') !== 'client_credentials') return noDevices();
  return ok({ kind: 'token', secret: fields.get('client_secret') ?? '' });
}

/** `mix hex.user auth`, which would open a browser and wait; its output shows the text. */
function noDevices(): Result<never> {
  const what =
    'grant_type: nobody gets in by a code here; set HEX_API_KEY to a token of this registry (`forge-registry login` makes one)';
  return fail(new ForgeError('FORGE-R001', { what }));
}
