import type { WireContext, WireRequest, WireResponse, WireRoute } from '../../../model';
import { answer, askedOf, notFound } from './answer';
import { ownedBody } from './api-body';

/** Who asks, and who somebody is, below `base`. */
export function userRoutes(base: string): readonly WireRoute[] {
  return [
    { kind: 'whoami', method: 'GET', path: `${base}/users/me`, withPackages: true, respond: me },
    {
      kind: 'user',
      method: 'GET',
      path: `${base}/users/:name`,
      userName: nameOf,
      respond: (isKnown, request) =>
        isKnown ? answer(request, 200, userBody(nameOf(request))) : notFound(request),
    },
    {
      kind: 'whoami',
      method: 'GET',
      path: `${base}/auth`,
      respond: () => ({ status: 204, body: '' }),
    },
  ];
}

/**
 * Mix asks who publishes before it uploads, to offer the organizations of that user. `mix hex.owner packages` ends in an
 * exception where the answer has no packages (Hex 2.5).
 */
function me(
  request: WireRequest,
  context: WireContext,
  owned: readonly string[] = [],
): WireResponse {
  const packages = owned.map((name) => ownedBody(name, askedOf(request, context)));
  return answer(request, 200, { ...userBody(context.user ?? ''), organizations: [], packages });
}

function userBody(username: string) {
  return { username, email: `${username}@localhost` };
}

/** A name or an address, which is made of the name. */
function nameOf({ params }: WireRequest): string {
  return (params['name'] ?? '').replace(/@localhost$/, '');
}
