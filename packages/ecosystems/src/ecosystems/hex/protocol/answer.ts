import type { Json, WireRequest, WireResponse } from '../../../model';
import { encodeTerm, nil, no, yes, type Term } from '../erlang';

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

function toTerm(value: Json): Term {
  if (value === null) return nil;
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(toTerm);
  return { map: Object.entries(value).map(([key, each]) => [key, toTerm(each as Json)] as const) };
}
