import type {
  Json,
  Result,
  WireRequest,
  WireResponse,
  WireRoute,
  WireUpload,
} from '../../../model';

export function text(status: number, body: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: body === '' ? '' : `${body}\n`,
  };
}

export function json(body: Json): WireResponse {
  const headers = { 'content-type': 'application/json' };
  return { status: 200, headers, body: JSON.stringify(body) };
}

export function publishRoute(
  path: string,
  parse: (request: WireRequest) => Result<WireUpload>,
): WireRoute {
  return {
    kind: 'publish',
    method: 'POST',
    path,
    parse,
    // cabal 3.4 prints what stands here as warnings.
    respond: () => text(200, ''),
  };
}
