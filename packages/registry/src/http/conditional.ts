import { parseRange } from './range';

export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What part of a representation a request is owed. Spans are inclusive. */
export type Selection =
  | { readonly status: 200 }
  | { readonly status: 206; readonly start: number; readonly end: number }
  | { readonly status: 304 }
  | { readonly status: 416 };

/** `If-None-Match`, `Range` and `If-Range` of a GET or HEAD, in the order of RFC 9110 section 13.2.2. */
export function select(headers: RequestHeaders, etag: string, size: number): Selection {
  if (matches(one(headers['if-none-match']), etag)) return { status: 304 };
  const ifRange = one(headers['if-range']);
  if (ifRange !== undefined && ifRange !== etag) return { status: 200 };
  const span = parseRange(one(headers['range']), size);
  if (span === undefined) return { status: 200 };
  return span === 'unsatisfiable' ? { status: 416 } : { status: 206, ...span };
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const weak = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.split(',').some((tag) => tag.trim() === '*' || weak(tag) === weak(etag));
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(', ');
}
