import {
  ok,
  type Endpoints,
  type Result,
  type UpstreamListing,
  type WireRequest,
  type WireResponse,
} from '@forge/ecosystems';
import type { Claims } from './claims';
import { openFresh } from './fresh';
import { unexpected } from './get';

/** Our list of all packages with those of another registry; undefined where ours alone is told. */
export type Listings = (
  ours: WireResponse,
  request: WireRequest,
) => Promise<Result<WireResponse | undefined>>;

const limit = 256 * 1024 ** 2;
/** A registry has few lists, and they are large. */
const kept = 4;

/** A list that is not there is a failure: without it, everything that is there would seem not to be. */
export function openListings(
  listing: UpstreamListing,
  endpoints: Endpoints,
  { claims, now }: { readonly claims: Claims; readonly now: () => Date },
): Listings {
  const fresh = openFresh<Uint8Array>(now, { limit, kept });
  return async (ours, request) => {
    const question = listing.question(request, endpoints);
    if (!question) return ok(undefined);
    const found = await fresh(question, ok);
    if (!found.ok) return found;
    if (!found.value) return unexpected(`has nothing at GET ${question.url}`);
    const { url, value } = found.value;
    return listing.merge(value, ours, { url, request, isOurs: await claims.all() });
  };
}
