import type { Json, WireResponse } from '../../../model';

/** cargo reads every answer of the web API as JSON, whatever its type says. */
export function json(status: number, body: Json): WireResponse {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}
