import {
  ok,
  type Endpoints,
  type Result,
  type Upstream,
  type UpstreamPackage,
  type WireRequest,
} from '@forge/ecosystems';
import { openFresh, type Found, type UpstreamTerms } from './fresh';

/** Reads what another registry says of a package; undefined where it has none or is not to be asked. */
export type Documents = (
  name: string,
  request: WireRequest,
) => Promise<Result<Found<UpstreamPackage> | undefined>>;

/** The largest packuments of the public registries have some 50 MB. */
const limit = 128 * 1024 ** 2;

export function openDocuments(
  upstream: Upstream,
  endpoints: Endpoints,
  terms: UpstreamTerms,
): Documents {
  const fresh = openFresh<UpstreamPackage>(terms, limit);
  return async (name, request) => {
    const question = upstream.document(name, request, endpoints);
    if (!question) return ok(undefined);
    return fresh(question, (body) => upstream.read(body, { name, url: question.url, endpoints }));
  };
}
