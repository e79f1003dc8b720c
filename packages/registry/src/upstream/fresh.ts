import { ok, type HttpRequest, type Result } from '@forge/ecosystems';
import { recent } from '../store';
import { get, unexpected } from './get';
import type { KeptAnswers } from './kept-answers';
import { oneAtATime } from './one-at-a-time';

/** What was read from an answer of another registry. */
export interface Found<Value> {
  readonly url: string;
  readonly value: Value;
}

/** Asks by GET and reads the answer; undefined where there is nothing. */
export type Fresh<Value> = (
  question: HttpRequest,
  read: (body: Uint8Array) => Result<Value>,
) => Promise<Result<Found<Value> | undefined>>;

/** How other registries are asked. */
export interface UpstreamTerms {
  readonly now: () => Date;
  /** What they answered before, for when they cannot be reached. */
  readonly kept?: KeptAnswers | undefined;
}

interface Remembered<Value> {
  readonly at: number;
  readonly etag: string | undefined;
  readonly value: Value;
  /** Of the answer. */
  readonly bytes: number;
}

/** How long an answer is taken for fresh; then it is asked for again, with its entity tag. */
const freshFor = 30_000;
const timeoutMs = 60_000;
/** What a small answer takes beside its bytes, once it is read. */
const besideBytes = 10_000;

/**
 * That something is absent is never remembered, nor is a failure; nothing stale is served, but what `kept` has where
 * nobody answers. An answer is known by the URL and `accept`; `limit` is the largest in bytes, and what all that are
 * remembered have together.
 */
export function openFresh<Value>({ now, kept }: UpstreamTerms, limit: number): Fresh<Value> {
  const answers = recent<Remembered<Value>>(
    limit + besideBytes,
    ({ bytes }) => bytes + besideBytes,
  );
  const shared = oneAtATime<Result<Found<Value> | undefined>>();

  const ask = async (
    { url, headers = {} }: HttpRequest,
    read: (body: Uint8Array) => Result<Value>,
    key: string,
  ): Promise<Result<Found<Value> | undefined>> => {
    const known = answers.get(key);
    if (known && now().getTime() - known.at < freshFor) return ok({ url, value: known.value });
    const conditional = known?.etag === undefined ? {} : { 'if-none-match': known.etag };
    const options = { limit, timeoutMs, redirects: 0, kept };
    const answer = await get(url, { headers: { ...headers, ...conditional }, ...options });
    if (!answer.ok) return answer;
    const { status, etag, body } = answer.value;
    if (status === 404 || status === 410) return ok(undefined);
    const again = status === 304 ? known : undefined;
    if (status !== 200 && !again) return unexpected(`answers ${status} to GET ${url}`);
    const value = again ? ok(again.value) : read(body);
    if (!value.ok) return value;
    const bytes = again?.bytes ?? body.byteLength;
    const current = { etag: etag ?? again?.etag, value: value.value, bytes };
    answers.set(key, { at: now().getTime(), ...current });
    return ok({ url, value: value.value });
  };

  return (question, read) => {
    const key = JSON.stringify([question.url, question.headers?.['accept']]);
    return shared(key, () => ask(question, read, key));
  };
}
