import {
  ok,
  type Endpoints,
  type HttpRequest,
  type Result,
  type Upstream,
  type UpstreamPackage,
  type WireRequest,
} from '@forge/ecosystems';
import { recent } from '../store';
import { get, unexpected } from './get';
import { oneAtATime } from './one-at-a-time';

/** Reads what another registry says of a package; undefined where it has none or is not to be asked. */
export type Documents = (
  name: string,
  request: WireRequest,
) => Promise<Result<FoundDocument | undefined>>;

export interface FoundDocument {
  readonly url: string;
  readonly package: UpstreamPackage;
}

interface Kept {
  readonly at: number;
  readonly etag: string | undefined;
  readonly package: UpstreamPackage;
}

/** How long a document is taken for fresh; then it is asked for again, with its entity tag. */
const freshFor = 30_000;
const timeoutMs = 60_000;
/** The largest packuments of the public registries have some 50 MB. */
const limit = 128 * 1024 ** 2;
const kept = 200;

/** That something is absent is never remembered, nor is a failure; nothing stale is served. */
export function openDocuments(
  upstream: Upstream,
  endpoints: Endpoints,
  now: () => Date,
): Documents {
  const documents = recent<Kept>(kept);
  const shared = oneAtATime<Result<FoundDocument | undefined>>();

  async function ask(name: string, question: HttpRequest, key: string) {
    const { url, headers = {} } = question;
    const known = documents.get(key);
    if (known && now().getTime() - known.at < freshFor) return ok({ url, package: known.package });
    const conditional = known?.etag === undefined ? {} : { 'if-none-match': known.etag };
    const options = { headers: { ...headers, ...conditional }, limit, timeoutMs, redirects: 0 };
    const answer = await get(url, options);
    if (!answer.ok) return answer;
    const { status, etag, body } = answer.value;
    if (status === 404 || status === 410) return ok(undefined);
    const again = status === 304 ? known : undefined;
    if (status !== 200 && !again) return unexpected(`answers ${status} to GET ${url}`);
    const read = again ? ok(again.package) : upstream.read(body, { name, url, endpoints });
    if (!read.ok) return read;
    documents.set(key, { at: now().getTime(), etag: etag ?? again?.etag, package: read.value });
    return ok({ url, package: read.value });
  }

  return async (name, request) => {
    const question = upstream.document(name, request, endpoints);
    if (!question) return ok(undefined);
    const key = JSON.stringify([question.url, question.headers?.['accept']]);
    return shared(key, () => ask(name, question, key));
  };
}
