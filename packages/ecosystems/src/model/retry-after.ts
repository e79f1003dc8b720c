import type { HttpResponse } from './command';
import type { UploadOutcome } from './outcome';

type Throttled = Extract<UploadOutcome, { kind: 'throttled' }>;

/** An answer of 429, with what its headers say of the time: `Retry-After` (RFC 9110) or `X-RateLimit-Reset` (seconds since the epoch). */
export function throttled({ headers }: Pick<HttpResponse, 'headers'>, detail: string): Throttled {
  return { kind: 'throttled', detail, ...timeIn(headers) };
}

/** Milliseconds from `now` until a registry wants to be asked again; undefined where the headers do not say. */
export function waitOf(headers: HttpResponse['headers'], now: number): number | undefined {
  const { retryAfter, until } = timeIn(headers);
  return retryAfter ?? (until === undefined ? undefined : Math.max(0, until - now));
}

function timeIn(headers: HttpResponse['headers']): Pick<Throttled, 'retryAfter' | 'until'> {
  const after = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(after)) return { retryAfter: Number(after) * 1000 };
  const date = Date.parse(after);
  if (!Number.isNaN(date)) return { until: date };
  const reset = headers['x-ratelimit-reset']?.trim() ?? '';
  return /^\d{9,11}$/.test(reset) ? { until: Number(reset) * 1000 } : {};
}
