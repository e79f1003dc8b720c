import {
  ok,
  type Endpoints,
  type LogFact,
  type Result,
  type Upstream,
  type UpstreamPackage,
  type WireRequest,
  type WireResponse,
} from '@forge/ecosystems';
import type { Claims } from './claims';
import { openFresh, type Found, type UpstreamTerms } from './fresh';
import { unexpected } from './get';
import { numbers } from './numbers';

/** Lists of all packages of another registry. Undefined where ours alone is told. */
export interface Listings {
  /** Theirs, to be put together with ours. */
  theirs(request: WireRequest): Promise<Result<TheirList | undefined>>;
  /** What theirs adds to a log. */
  told(request: WireRequest): Promise<Result<UpstreamFacts | undefined>>;
  /** One package of it. */
  package?(name: string, request: WireRequest): Promise<Result<Found<UpstreamPackage> | undefined>>;
}

export interface TheirList {
  /** Another one whenever the list has changed. */
  readonly state: string;
  /** Our list with theirs, under names that are not ours as it is now. */
  merge(ours: WireResponse, request: WireRequest): Promise<Result<WireResponse>>;
}

export interface UpstreamFacts {
  readonly facts: readonly LogFact[];
  /** Another one whenever the list has changed. */
  readonly state: string;
}

const limit = 256 * 1024 ** 2;

/**
 * Undefined where nobody reads lists. A list that is not there is a failure: without it, everything that is there
 * would seem not to be.
 */
export function openListings(
  { listing }: Upstream,
  endpoints: Endpoints,
  { claims, ...terms }: UpstreamTerms & { readonly claims: Claims },
): Listings | undefined {
  if (!listing) return undefined;
  const { facts, package: readPackage } = listing;
  const fresh = openFresh<Uint8Array>(terms, limit);
  const states = numbers();

  const fromList = async <Value>(
    request: WireRequest,
    read: (list: Found<Uint8Array>) => Result<Value> | Promise<Result<Value>>,
  ): Promise<Result<Value | undefined>> => {
    const question = listing.question(request, endpoints);
    if (!question) return ok(undefined);
    const found = await fresh(question, ok);
    if (!found.ok) return found;
    return found.value ? read(found.value) : unexpected(`has nothing at GET ${question.url}`);
  };

  return {
    theirs: (question) =>
      fromList(question, ({ url, value }) =>
        ok({
          state: states(value),
          merge: async (ours, request) =>
            listing.merge(value, ours, { url, request, isOurs: await claims.all() }),
        }),
      ),
    async told(request) {
      if (!facts) return ok(undefined);
      return fromList(request, async ({ url, value }) => {
        const read = facts(value, { url, request, isOurs: await claims.all() });
        return read.ok ? ok({ facts: read.value, state: states(value) }) : read;
      });
    },
    ...(readPackage && {
      package: (name, request) =>
        fromList(request, ({ url, value }) => {
          const read = readPackage(value, { name, url, endpoints });
          return read.ok ? ok(read.value && { url, value: read.value }) : read;
        }),
    }),
  };
}
