import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type { KeptAnswers } from './kept-answers';

export interface UpstreamAnswer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: Uint8Array;
}

export interface GetOptions {
  /** Who is asked, for messages. Default: the upstream registry. */
  readonly whom?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes after decompression; what is larger is refused. */
  readonly limit: number;
  /** Milliseconds for all of it. */
  readonly timeoutMs: number;
  /** How many redirects are followed. */
  readonly redirects: number;
  /** What stands in where nobody answers. Default: nothing. */
  readonly kept?: KeptAnswers | undefined;
}

/**
 * One GET of another server. The headers are these and no others: nothing that a client sent goes on. FORGE-R014 for
 * no answer, also of old, one that is too large, and a redirect too many or to an address that is less safe.
 */
export async function get(url: string, options: GetOptions): Promise<Result<UpstreamAnswer>> {
  const { headers, timeoutMs, kept, whom } = options;
  const asked = { url, accept: headers['accept'] };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await follow(url, options, signal);
    if (answer.ok) await kept?.keep(asked, answer.value);
    return answer;
  } catch (error) {
    const before = await kept?.find(asked);
    if (before) return ok(before);
    return unexpected(`does not answer to GET ${url}: ${reasonOf(error)}`, whom);
  }
}

async function follow(
  url: string,
  options: GetOptions,
  signal: AbortSignal,
): Promise<Result<UpstreamAnswer>> {
  const { whom, headers, limit, redirects } = options;
  const own = { 'user-agent': 'forge-registry', ...headers };
  const response = await fetch(url, { headers: own, redirect: 'manual', signal });
  const location = response.headers.get('location');
  if (response.status < 300 || response.status > 399 || response.status === 304) {
    const body = await readUpTo(limit, response);
    if (!body) return unexpected(`answers more than ${limit} bytes to GET ${url}`, whom);
    return ok({ status: response.status, etag: response.headers.get('etag') ?? undefined, body });
  }
  await response.body?.cancel();
  const target =
    location !== null && URL.canParse(location, url) ? new URL(location, url).href : '';
  if (redirects === 0 || !isAsSafe(target, url))
    return unexpected(`redirects GET ${url} to ${target || 'nowhere'}`, whom);
  return follow(target, { ...options, redirects: redirects - 1 }, signal);
}

/** Of HTTP at all, and never from an encrypted address to a plain one. */
export function isAsSafe(target: string, source: string): boolean {
  if (!URL.canParse(target)) return false;
  const { protocol, username, password } = new URL(target);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && source.startsWith('http:'));
}

async function readUpTo(limit: number, response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function unexpected(what: string, whom = 'the upstream registry'): Result<never> {
  return fail(new ForgeError('FORGE-R014', { what: `${whom} ${what}` }));
}

/** fetch says `fetch failed`; why is in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
  return cause?.code ?? message;
}
