import type { WireResponse } from '../../model';

export function json(status: number, body: unknown, type = 'application/json'): WireResponse {
  return { status, headers: { 'content-type': type }, body: JSON.stringify(body) };
}

/** The package of a path, whose scope is a segment of its own or not. */
export function packageName(params: Readonly<Record<string, string>>): string {
  const { scope, name = '' } = params;
  return scope === undefined ? name : `${scope}/${name}`;
}
