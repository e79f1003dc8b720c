import type { Json, WireContext, WireRequest, WireResponse } from '../../../model';
import { encodeTerm, nil, no, yes, type Term } from '../erlang';
import type { Asked } from './api-body';
import { publicRepository } from './registry-document';

const termType = 'application/vnd.hex+erlang';
const jsonType = 'application/json';

/** An answer of the API: JSON for who asks for it, Erlang terms for everyone else, as Mix and rebar3 need them. */
export function answer(request: WireRequest | undefined, status: number, body: Json): WireResponse {
  const accepts = request?.headers['accept'] ?? '';
  const isJson = accepts.includes('json') && !accepts.includes(termType);
  return {
    status,
    headers: { 'content-type': isJson ? jsonType : termType },
    body: isJson ? JSON.stringify(body) : encodeTerm(toTerm(body)),
  };
}

/** The repository of the path, by default the public one. */
export function askedOf({ params }: WireRequest, { baseUrl }: WireContext): Asked {
  return { baseUrl, repository: params['repository'] ?? publicRepository };
}

export function notFound(request: WireRequest): WireResponse {
  return answer(request, 404, { status: 404, message: 'Page not found' });
}

function toTerm(value: Json): Term {
  if (value === null) return nil;
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(toTerm);
  return { map: Object.entries(value).map(([key, each]) => [key, toTerm(each as Json)] as const) };
}
