import type { Credential, HttpRequest, HttpResponse } from '@forge/ecosystems';
import type { Keyring } from './keyring';
import type { PublishUnit } from '../plan/publish-unit';

/** Who may read in the registry of a unit; undefined where nobody is known. */
export type ReaderOf = (unit: PublishUnit) => Promise<Credential | undefined>;

/** Whoever publishes. In a dry run a token of trusted publishing is not fetched, and empty. */
export function readersOf(keyring: Keyring): ReaderOf {
  return async (unit) => {
    const found = await keyring.find(unit);
    return found.ok && found.value.token !== '' ? found.value : undefined;
  };
}

type Send = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Puts questions as a stranger, and again with the token of the unit where a registry tells strangers nothing. From
 * its first refusal on it is asked with the token at once. The token goes to the registry's own hosts only.
 */
export function askingAs(
  readerOf: ReaderOf,
): (unit: PublishUnit, request: HttpRequest, send: Send) => Promise<HttpResponse> {
  const closed = new Set<string>();
  return async (unit, request, send) => {
    const registry = JSON.stringify(unit.endpoints);
    const own = closed.has(registry) ? await authorized(unit, request, readerOf) : undefined;
    if (own) return send(own);
    const answer = await send(request);
    if (!isRefusal(answer) && !mayBeHidden(unit, answer)) return answer;
    const again = await authorized(unit, request, readerOf);
    if (!again) return answer;
    const known = await send(again);
    if (isRefusal(answer) && !isRefusal(known)) closed.add(registry);
    return known;
  };
}

/** Some servers say that it is forbidden where they mean that they do not know who asks. */
function isRefusal({ status }: HttpResponse): boolean {
  return status === 401 || status === 403;
}

function mayBeHidden({ node }: PublishUnit, { status }: HttpResponse): boolean {
  const { mayHide } = node.ecosystem.remote;
  return status === 404 && mayHide?.(node.manifest.name) === true;
}

async function authorized(
  unit: PublishUnit,
  request: HttpRequest,
  readerOf: ReaderOf,
): Promise<HttpRequest | undefined> {
  const { origin } = new URL(request.url);
  const own = Object.values(unit.endpoints).some(
    (each) => URL.canParse(each) && new URL(each).origin === origin,
  );
  const reader = own ? await readerOf(unit) : undefined;
  return reader && unit.node.ecosystem.remote.authorize(request, reader);
}
